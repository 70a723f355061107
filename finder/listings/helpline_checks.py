"""When somebody last made sure of each helpline; every page shows it, as soon as the directory's version changes."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.listings.write import next_directory_version
from finder.models import HelplineCheck


def last_checks(session: Session) -> dict[str, HelplineCheck]:
    """The last check of each helpline that was checked since it was shipped, by its key; one query."""
    newest = select(func.max(HelplineCheck.id)).group_by(HelplineCheck.helpline)
    return {
        check.helpline: check for check in session.scalars(select(HelplineCheck).where(HelplineCheck.id.in_(newest)))
    }


def note_check(session: Session, helpline: str, *, note: str, by: str, at: dt.datetime) -> None:
    """Somebody made sure of a helpline today. The caller commits."""
    session.add(HelplineCheck(helpline=helpline, checked_on=at.date(), note=note, at=at, by=by))
    next_directory_version(session)
    session.flush()
