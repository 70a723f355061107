"""Logs: one JSON object a line on standard error; never an address, a query string or a place of a visitor."""

import logging
import sys

import structlog


def configure(level: str) -> None:
    """Send structlog's events from ``level`` ("INFO" ...) up to standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
