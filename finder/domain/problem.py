"""What can be wrong with a listing, as visitors report it."""

from enum import StrEnum


class Problem(StrEnum):
    """One thing that a visitor found wrong."""

    PHONE = "phone"  # nobody there, or another place
    MOVED = "moved"
    CLOSED = "closed"
    HOURS = "hours"
    SERVICES = "services"  # doesn't offer what is listed
    BROKERING = "brokering"  # asked for money, or offered free travel, cash or gifts
    OTHER = "other"


class ReportState(StrEnum):
    """What became of a report."""

    OPEN = "open"
    IN_REVIEW = "in_review"  # somebody has taken it
    RESOLVED = "resolved"
    REJECTED = "rejected"


UNANSWERED = (ReportState.OPEN, ReportState.IN_REVIEW)
"""Reports in these states still wait for an answer."""


class Step(StrEnum):
    """What somebody did with a report."""

    ASSIGNED = "assigned"
    PUT_BACK = "put_back"
    RESOLVED = "resolved"
    REJECTED = "rejected"
    REOPENED = "reopened"
    ANSWERED = "answered"  # whoever sent it got a letter
