"""Logs: one JSON object a line on standard error; never an address, a query string or a place of a visitor.

Of an exception its kind is told and the lines of code that it came through. Its message isn't: it may quote what
somebody typed.
"""

import logging
import sys
import threading
import traceback
from collections.abc import Iterator, MutableMapping
from typing import Any

import structlog
from structlog.typing import Processor


def where(error: BaseException) -> list[str]:
    """The lines of code that an error came through, the outermost first."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]


def causes(error: BaseException) -> list[str]:
    """The kinds of the errors that an error came from, the nearest first."""
    return [type(each).__name__ for each in _chain(error)][1:]


def configure(level: str) -> None:
    """Send structlog's events from ``level`` ("INFO" ...) up to standard error, and warnings of libraries with them."""
    structlog.configure(
        processors=[*_PROCESSORS, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
    if not logging.root.handlers:  # a program that has its own log keeps it
        handler = logging.StreamHandler()
        handler.setFormatter(JsonLines())
        logging.root.addHandler(handler)


def capture() -> None:
    """Log what Python itself would write to standard error: warnings, and what ends a thread. For servers."""
    logging.captureWarnings(capture=True)
    threading.excepthook = _thread_failed


class JsonLines(structlog.stdlib.ProcessorFormatter):
    """Writes what libraries log as all else is written."""

    def __init__(self) -> None:
        remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
        super().__init__(
            processors=[remove_meta, structlog.processors.JSONRenderer()],
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *_PROCESSORS],
        )


def _without_message(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """In place of an exception: its kind, what it came from, and where it came through."""
    told = event.pop("exc_info", None)
    error = told[1] if isinstance(told, tuple) else sys.exception() if told is True else told
    if isinstance(error, BaseException):
        event.update({"kind": type(error).__name__, "causes": causes(error), "where": where(error)})
    return event


_PROCESSORS: tuple[Processor, ...] = (
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _without_message,
)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        yield each
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def _thread_failed(failed: threading.ExceptHookArgs) -> None:
    name = failed.thread.name if failed.thread else ""
    structlog.get_logger().error("thread_failed", thread=name, exc_info=failed.exc_value)
