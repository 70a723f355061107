"""Showing listings to the public and taking them off."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from finder.domain.listing import Status

LONGEST_REASON = 200
"""A listing keeps so many characters of why it is hidden or retired."""

FROM: Mapping[Status, frozenset[Status]] = MappingProxyType(
    {
        Status.PUBLISHED: frozenset(Status) - {Status.PUBLISHED},
        Status.HIDDEN: frozenset({Status.DRAFT, Status.PUBLISHED}),
        Status.RETIRED: frozenset(Status) - {Status.RETIRED},
    }
)
"""Which states may become which. Nobody makes a listing a draft: importers and the form of a new one do."""


def status_facts(status: Status, reason: str) -> dict[str, Any]:
    """The facts of a listing that is published (which needs no reason), hidden or retired.

    Raises ``ValueError`` for a draft, and for a listing that is taken off without a reason.
    """
    if status not in FROM:
        raise ValueError(f"nobody makes a listing a {status}")
    if status is not Status.PUBLISHED and not reason:
        raise ValueError("a listing is taken off for a reason")
    return {"status": status, "review_reason": "" if status is Status.PUBLISHED else reason[:LONGEST_REASON]}
