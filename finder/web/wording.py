"""What administrators say in place of what the product ships: words of the vocabulary, days of the helplines' checks.

Read again only when the directory has another version, so that a page asks the database no more than it did. While the
database is down, pages say what they said last.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from flask import Flask, current_app, g, has_app_context
from sqlalchemy.exc import OperationalError

from finder.domain.vocabulary import Vocabulary, vocabulary
from finder.extensions import db
from finder.listings.helpline_checks import last_checks
from finder.listings.wording import wording_in_force
from finder.orientation.helplines import Helpline, load_helplines
from finder.search import Directory, Version
from finder.web.directory import current_directory, version_now
from finder.web.languages import language


@dataclass(frozen=True, eq=False)
class Said:
    """Compared and hashed by identity: a key for whatever is made of these words."""

    vocabulary: Vocabulary = field(default_factory=vocabulary)
    checked: Mapping[str, dt.date] = field(default_factory=lambda: MappingProxyType({}))


_SHIPPED = Said()


def init_app(app: Flask) -> None:
    """Begin with what is shipped."""
    app.extensions["said"] = _SHIPPED


def said() -> Said:
    """What counts at present; the same object until somebody changes something, and all through a request.

    Outside of the application it is what is shipped.
    """
    if not has_app_context():
        return _SHIPPED
    if "said" not in g:
        g.said = current_app.extensions["said"] = _present()
    found: Said = g.said
    return found


def words() -> Vocabulary:
    """The vocabulary in the words that people are to read."""
    return said().vocabulary


def helplines() -> tuple[Helpline, ...]:
    """The helplines in the language of the page, each with the day of its last check."""
    return _checked_helplines(language(), said())


def _present() -> Said:
    last: Said = current_app.extensions["said"]
    version = version_now()
    if version is None:
        return last
    try:
        return _said_at(current_directory(), version)
    except OperationalError:
        db.session.rollback()  # left as it is, it would refuse what the page asks next, and the page would fail
        return last


@lru_cache(maxsize=8)
def _said_at(_directory: Directory, _version: Version) -> Said:
    texts, checks = wording_in_force(db.session()), last_checks(db.session())
    checked = MappingProxyType({key: check.checked_on for key, check in checks.items()})
    last: Said = current_app.extensions["said"]
    now = Said(vocabulary().reworded(texts), checked)
    return last if _is_same(last, now) else now


def _is_same(one: Said, other: Said) -> bool:
    """Whether both say the same: then what was made of the one is good for the other."""
    return one.vocabulary.facets == other.vocabulary.facets and one.checked == other.checked


@lru_cache(maxsize=8)
def _checked_helplines(language_code: str, now: Said) -> tuple[Helpline, ...]:
    return tuple(
        replace(line, last_checked=max(line.last_checked, now.checked.get(line.key, line.last_checked)))
        for line in load_helplines(language=language_code)
    )
