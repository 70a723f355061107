"""Refusing to change what somebody else has changed since it was looked at."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.listings.write import Conflict
from finder.models import Provider


def refuse_if_changed(session: Session, provider_id: int, version: int) -> None:
    """Hold a listing until the transaction ends, if it still is as somebody saw it.

    Raises `Conflict` where it has another version by now.
    """
    now = session.scalar(select(Provider.version).where(Provider.id == provider_id).with_for_update())
    if now != version:
        raise Conflict(f"listing {provider_id} is at version {now}, not at {version}")
