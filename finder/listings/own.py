"""Listings that people make here, which no source tells."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.listings.draft import ListingDraft
from finder.listings.save import save_all
from finder.listings.write import Change
from finder.models import Provider, Source

OWN_SOURCE = "finder"
"""The key of the source of what people make here."""

_NAME = "This directory"


def create(session: Session, facts: Mapping[str, Any], change: Change) -> int:
    """Save a new listing with these facts; gives its row id. The caller commits.

    Raises ``ValueError`` for facts that contradict each other (`ListingDraft`).
    """
    draft = ListingDraft(source=OWN_SOURCE, source_ref=str(uuid.uuid4()), **facts)
    if session.get(Source, OWN_SOURCE) is None:
        session.add(Source(key=OWN_SOURCE, name=_NAME))
        session.flush()
    save_all(session, [draft], change)
    saved = select(Provider.id).where(Provider.source_key == OWN_SOURCE, Provider.source_ref == draft.source_ref)
    return session.scalars(saved).one()


def nothing_yet() -> dict[str, Any]:
    """The facts of a listing of which nothing is known yet: where the form for a new one begins."""
    return {**ListingDraft(source=OWN_SOURCE, source_ref="", name="").facts(), "status": Status.DRAFT}
