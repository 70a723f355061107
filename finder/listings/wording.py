"""The words of the vocabulary that administrators changed."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.domain.vocabulary import Vocabulary, WordingKey, vocabulary
from finder.listings.write import next_directory_version
from finder.models import WordingChange

_PLACE = (WordingChange.facet, WordingChange.code, WordingChange.language, WordingChange.part)


def wording_in_force(session: Session) -> dict[WordingKey, str]:
    """The texts that differ from the shipped ones; one query."""
    newest = select(func.max(WordingChange.id)).group_by(*_PLACE)
    said = select(WordingChange).where(WordingChange.id.in_(newest), WordingChange.text != "")
    return {WordingKey(row.facet, row.code, row.language, row.part): row.text for row in session.scalars(said)}


def reword(session: Session, texts: Mapping[WordingKey, str], *, by: str, at: dt.datetime) -> list[WordingKey]:
    """Let people read these texts, or, where one is empty or the shipped one, the shipped one; gives what changes.

    The directory gets a new version, by which every worker knows that there are other words. The caller commits.
    Raises ``KeyError`` for a place that the vocabulary doesn't have.
    """
    before = wording_in_force(session)
    wanted = {key: "" if text == shipped(vocabulary(), key) else text for key, text in texts.items()}
    changed = [key for key, text in wanted.items() if text != before.get(key, "")]
    for key in changed:
        session.add(WordingChange(**key._asdict(), text=wanted[key], by=by, at=at))
    if changed:
        next_directory_version(session)
        session.flush()
    return changed


def shipped(words: Vocabulary, key: WordingKey) -> str:
    """The text at a place of a vocabulary, empty where it has none in this language."""
    return words.wording(key.facet, key.code).texts(key.part).get(key.language, "")


def wording_changes(session: Session, facet: str, limit: int = 20) -> list[WordingChange]:
    """Who changed which words of a facet when, newest first; one query."""
    of_facet = select(WordingChange).where(WordingChange.facet == facet)
    return list(session.scalars(of_facet.order_by(WordingChange.id.desc()).limit(limit)))
