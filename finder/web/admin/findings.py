"""Writing what somebody found out about a listing."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.domain.review import Finding
from finder.listings import Change, amend, record_checks
from finder.web.languages import gettext

_LONGEST_REASON = 200  # as it is kept with a listing


def write_findings(
    session: Session, listing_id: int, corrections: Mapping[str, Any], findings: Sequence[Finding], change: Change
) -> None:
    """Save what was corrected, then that it was checked. The caller commits."""
    if corrections:
        amend(session, {listing_id: corrections}, change)
    if findings:
        record_checks(session, listing_id, findings, change)


def hidden_for(words: str) -> dict[str, Any]:
    """The facts of a listing that is hidden after a report."""
    reason = gettext("Hidden after a report: %(words)s", words=words)
    return {"status": Status.HIDDEN, "review_reason": reason[:_LONGEST_REASON]}
