"""The readable part of a listing's address."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.models import Provider

_LONGEST = 120


def slugify(text: str) -> str:
    """Lower-case ASCII words joined by hyphens, at most 120 characters; ``listing`` where nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-") or "listing"


def slugs_for(session: Session, listings: Sequence[tuple[Mapping[str, Any], UUID]]) -> list[str]:
    """A free slug for each (facts, public id), in order: name, city, state; where that is taken, a bit of the id."""
    wanted = [slugify(f"{facts['name']} {facts['city']} {facts['state']}") for facts, _ in listings]
    taken = set(session.scalars(select(Provider.slug).where(Provider.slug.in_(set(wanted)))))
    slugs = []
    for slug, (_, public_id) in zip(wanted, listings, strict=True):
        free = f"{slug}-{public_id.hex[:8]}" if slug in taken else slug
        taken.add(free)
        slugs.append(free)
    return slugs
