"""All weekly meetings of the directory, kept in memory and brought up to date by what has changed."""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Engine

from finder.exporting.bmlt.bodies import ServiceBody, united
from finder.exporting.bmlt.meeting import Group, Meeting, bodies_of, meetings_of
from finder.exporting.bmlt.reading import all_groups, groups_changed, ids_changed
from finder.search import Version
from finder.search.reading import read_version


@dataclass(frozen=True, slots=True)
class _Listing:
    """What is kept of a listing: its meetings, and the bodies that look after them."""

    meetings: tuple[Meeting, ...]
    bodies: tuple[ServiceBody, ServiceBody]

    @classmethod
    def of(cls, group: Group) -> "_Listing":
        bodies = bodies_of(group)
        return cls(tuple(meetings_of(group, bodies[0])), bodies)


@dataclass(frozen=True)
class Timetable:
    """The weekly meetings of one state of the directory; never changed once made."""

    version: Version
    _listings: Mapping[int, _Listing]

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """All meetings in the order of the week, from Sunday on."""
        found = (meeting for listing in self._listings.values() for meeting in listing.meetings)
        return tuple(sorted(found, key=lambda meeting: (meeting.weekday, meeting.starts, meeting.id)))

    @cached_property
    def bodies(self) -> Mapping[int, ServiceBody]:
        """All service bodies, by number."""
        return united(body for listing in self._listings.values() for body in listing.bodies)

    def of(self, fellowship: str) -> "Timetable":
        """The meetings of one fellowship (a code) alone."""
        kept = {
            id_: listing for id_, listing in self._listings.items() if fellowship in listing.meetings[0].fellowships
        }
        return Timetable(self.version, kept)

    def changed(self, version: Version, ids: Iterable[int], groups: Iterable[Group]) -> "Timetable":
        """The meetings after the listings with these ids have changed to ``groups``, or are gone where not in it."""
        gone = set(ids)
        kept = {id_: listing for id_, listing in self._listings.items() if id_ not in gone}
        return Timetable(version, kept | _by_id(groups))


def _by_id(groups: Iterable[Group]) -> dict[int, _Listing]:
    return {group.id: _Listing.of(group) for group in groups}


class Timetables:
    """The timetable of one database, read anew where the directory has changed; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._changing = threading.Lock()
        self._kept: dict[str, Timetable] = {}

    def at(self, version: Version, fellowship: str = "") -> Timetable:
        """The meetings of all fellowships or of one (a code), at this version of the directory or a later one."""
        with self._changing:
            if "" not in self._kept or self._kept[""].version != version:
                self._refresh()
            if fellowship not in self._kept:
                self._kept[fellowship] = self._kept[""].of(fellowship)
            return self._kept[fellowship]

    def _refresh(self) -> None:
        kept = self._kept.get("")
        with self._engine.connect() as connection:
            # Anew, since another thread may have read a later one: older than what is kept is a database put back. What
            # is read after it may be newer than it says, which the next reading mends, but never older.
            version = read_version(connection)
            if kept is None or kept.version.uid != version.uid or kept.version.number > version.number:
                self._kept = {"": Timetable(version, _by_id(all_groups(connection)))}
            elif kept.version != version:
                since = kept.version.number
                ids, groups = ids_changed(connection, since), groups_changed(connection, since)
                self._kept = {"": kept.changed(version, ids, groups)}
