"""Internal notes of listings."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.listings.write import Change
from finder.models import ListingNote
from finder.models.listing_note import LONGEST_NOTE

_NEWEST = 50


def add_note(session: Session, provider_id: int, text: str, change: Change) -> ListingNote:
    """Write something down about a listing. The caller commits. Raises ``ValueError`` for no text or too long a one."""
    if not text.strip() or len(text) > LONGEST_NOTE:
        raise ValueError(f"a note has 1 to {LONGEST_NOTE} characters")
    note = ListingNote(provider_id=provider_id, at=change.at, by=change.by, text=text.strip())
    session.add(note)
    session.flush()
    return note


def notes_of(session: Session, provider_id: int) -> list[ListingNote]:
    """The newest notes about a listing, newest first; one query."""
    newest = select(ListingNote).where(ListingNote.provider_id == provider_id).order_by(ListingNote.id.desc())
    return list(session.scalars(newest.limit(_NEWEST)))
