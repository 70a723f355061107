"""What people read of a group and of each of its times, beside the facts that have fields of their own."""

from collections.abc import Iterable, Iterator
from functools import cache

from finder.domain.vocabulary import Facet, Tag, vocabulary
from finder.importing.meetings.groups import Group, Time
from finder.importing.meetings.meeting import ATTENDANCE

LONGEST_NOTE = 200
LONGEST_DESCRIPTION = 4_000

_TOLD_FACETS = (ATTENDANCE, Facet("meeting_type"), Facet("language"))


class Wording:
    """The texts of one group: what holds for all its meetings is told once, what tells them apart beside each.

    `finder.exporting` reads them back into codes: kinds come first in both.
    """

    def __init__(self, group: Group) -> None:
        meetings = group.each
        self._group = group
        self._shared_tags = frozenset.intersection(*(meeting.kinds.tags for meeting in meetings))
        self._shared_words = frozenset.intersection(*(frozenset(meeting.kinds.words) for meeting in meetings))
        notes = {meeting.notes for meeting in meetings}
        self._shared_notes = notes.pop() if len(notes) == 1 else ""
        self._shared_joining = set(meetings[0].joining.notes).intersection(*(each.joining.notes for each in meetings))
        whole = [self._note(time) for time in group.times]
        self._long = [
            text
            for time, note in zip(group.times, whole, strict=True)
            if len(note) > LONGEST_NOTE
            for text in (time.meeting.notes, *time.meeting.joining.notes)
        ]
        self.notes: tuple[str, ...] = tuple(_cut(note, LONGEST_NOTE) for note in whole)
        """What tells each of the group's times from the others: whom it is for, its name, its own remarks."""

    def description(self) -> str:
        """What holds for all meetings, one line each: remarks on the group and its place, and how to join."""
        lines = dict.fromkeys(line for line in self._lines() if line)
        return _cut("\n".join(lines), LONGEST_DESCRIPTION)

    def _lines(self) -> Iterator[str]:
        meetings = self._group.each
        yield ", ".join(word for word in meetings[0].kinds.words if word in self._shared_words)
        yield self._shared_notes
        for meeting in self._group.meetings:
            yield from meeting.about
        yield from self._long
        yield from (line for line in meetings[0].joining.notes if line in self._shared_joining)
        if not self._group.times:  # beside which the ways to join would stand
            yield from (way for meeting in meetings for way in meeting.joining[:2])

    def _note(self, time: Time) -> str:
        meeting = time.meeting
        name = "" if meeting.name.casefold() == self._group.name.casefold() else meeting.name
        own_words = (word for word in meeting.kinds.words if word not in self._shared_words)
        kinds = ", ".join((*_labels(meeting.kinds.tags - self._shared_tags), *own_words))
        notes = "" if self._shared_notes else " ".join(meeting.notes.splitlines())
        own_joining = (line for line in meeting.joining.notes if line not in self._shared_joining)
        return ". ".join(part.rstrip(".") for part in (kinds, name, notes, *own_joining) if part)


def _labels(tags: frozenset[Tag]) -> Iterable[str]:
    return [label for tag, label in _told_tags() if tag in tags] if tags else ()


@cache
def _told_tags() -> tuple[tuple[Tag, str], ...]:
    """The tags that tell meetings apart, in the order of the vocabulary, with the words for them."""
    return tuple((term.tag, term.label()) for facet in _TOLD_FACETS for term in vocabulary().facet(facet).terms)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + "\N{HORIZONTAL ELLIPSIS}"
