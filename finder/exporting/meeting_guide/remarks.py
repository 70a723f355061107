"""What stands in the texts of a listing, given back to the fields that imports have it from."""

import re
from collections.abc import Callable, Collection, Sequence
from functools import cache
from typing import NamedTuple

from finder.domain.joining import ONLINE_REMARK, PHONE_REMARK
from finder.domain.schedule import Schedule
from finder.domain.vocabulary import Tag, vocabulary
from finder.exporting.meeting_guide.types import BY_WORDS

_JOINING = re.compile(
    rf"(?P<text>.*?)(?:(?:^|\. ){ONLINE_REMARK}(?P<online>.*?))?(?:(?:^|\. ){PHONE_REMARK}(?P<phone>.*))?", re.DOTALL
)
_BETWEEN = ". "


class Remarks(NamedTuple):
    """What a text says: types that only words name, what one must know to join online or by phone, and the rest.

    The rest of a note begins with the name of the meeting where that is another than the group's.
    """

    types: tuple[str, ...]
    online: str
    phone: str
    text: str


NOTHING = Remarks((), "", "", "")


def remarks_beside(span: Schedule, tags: Collection[Tag], is_told: Callable[[Tag], bool]) -> Remarks:
    """What is said beside a meeting of which ``tags`` are true; words for those that other fields tell are left out."""
    if not span.note:
        return NOTHING
    text, online, phone = _joining(span)
    parts = text.split(_BETWEEN)
    labels = {_label(tag): is_told(tag) for tag in tags if tag in vocabulary()}
    place = next((place for place, part in enumerate(parts) if _are_kinds(part, labels)), None)
    if place is None:
        return Remarks((), online, phone, text)
    words = _listed(parts[place])
    parts[place] = ", ".join(word for word in words if not labels.get(word.casefold(), True))
    types = tuple(BY_WORDS[word.casefold()] for word in words if word.casefold() not in labels)
    return Remarks(types, online, phone, _BETWEEN.join(filter(None, parts)))


def _joining(span: Schedule) -> tuple[str, str, str]:
    """The note, and apart from it what belongs to the ways to join that the span has."""
    found = _JOINING.fullmatch(span.note)
    online, phone = (found["online"], found["phone"]) if found else (None, None)
    if found is None or (online and not span.join_url) or (phone and not span.join_phone):
        return span.note, "", ""
    return found["text"], online or "", phone or ""


def remarks_on_all(description: str, spans: Sequence[Schedule]) -> Remarks:
    """What is said of all meetings of a listing."""
    if not description:
        return NOTHING
    lines = description.split("\n")
    phone = _taken(lines, PHONE_REMARK) if all(span.join_phone for span in spans) else ""
    online = _taken(lines, ONLINE_REMARK) if all(span.join_url for span in spans) else ""
    kinds = _listed(lines.pop(0)) if lines and _are_kinds(lines[0], ()) else ()
    return Remarks(tuple(BY_WORDS[word.casefold()] for word in kinds), online, phone, "\n".join(lines))


def _taken(lines: list[str], remark: str) -> str:
    """The rest of the last line, taken out of the lines, if it begins so."""
    return lines.pop().removeprefix(remark) if lines and lines[-1].startswith(remark) else ""


def _are_kinds(text: str, labels: Collection[str]) -> bool:
    """Whether the text lists kinds of meetings and nothing else ("Women, Candlelight")."""
    return all(word.casefold() in labels or word.casefold() in BY_WORDS for word in _listed(text))


def _listed(text: str) -> list[str]:
    return text.rstrip(".").split(", ")


@cache
def _label(tag: Tag) -> str:
    return vocabulary().label(*tag).casefold()
