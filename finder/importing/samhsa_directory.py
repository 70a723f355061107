"""SAMHSA's two directories, of substance use and of mental health facilities: one at a time, or both together."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from finder.importing.bounds import UnreadableFile, Upload
from finder.importing.format import Reading
from finder.importing.formats.samhsa import read_facilities, service_codes
from finder.importing.formats.workbook import Workbook
from finder.importing.report import ImportReport
from finder.importing.samhsa import SOURCE_KEY, Group, drafts, group_facilities

MENTAL_HEALTH_KEY = "samhsa-mh"
"""The source of the directory of mental health facilities where it is imported alone: what it tells of a place that the
other directory has must not take the other's place."""

_MENTAL_HEALTH, _SUBSTANCE_USE = "MH", "SA"
_OF_ANOTHER_SOURCE = {
    SOURCE_KEY: "This is the directory of mental health facilities alone. Import it together with that of substance "
    "use facilities, or as a source of its own, samhsa-mh.",
    MENTAL_HEALTH_KEY: "This is the directory of substance use facilities. Import it as the source samhsa.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SamhsaDirectory:
    """The workbook of a national directory, of the day ``as_of``, or else of the day when it was last saved.

    There are two, of substance use and of mental health facilities; ``beside`` has the other one, if it is imported
    with the first. What both tell of a facility becomes one listing. ``source`` is the key under which they are
    imported; the directory of mental health facilities alone has its own.
    """

    as_of: dt.date | None
    today: dt.date
    beside: Sequence[Upload] = ()
    source: str = SOURCE_KEY

    def read(self, upload: Upload, report: ImportReport) -> Reading:
        """As `finder.importing.format.Format`; notes the day of the facts too, of two workbooks the earlier one's."""
        workbooks = [Workbook(each) for each in (upload, *self.beside)]
        days = [workbook.modified_on for workbook in workbooks]
        report.verified_on = self.as_of or min(filter(None, (_no_later(day, self.today) for day in days)), default=None)
        names = ("the first file", "the second file") if self.beside else ("",)
        directories = [
            _directory(group_facilities(read_facilities(workbook), report, of=name))
            for workbook, name in zip(workbooks, names, strict=True)
        ]
        if _key_of(directories) != self.source:
            raise UnreadableFile(_OF_ANOTHER_SOURCE[self.source])
        groups = _together(directories)
        return Reading(groups.keys(), drafts(groups, report, report.verified_on, source=self.source))


class _Directory(NamedTuple):
    """What one workbook tells, and which of the two directories it is."""

    groups: Mapping[str, Group]
    is_of_mental_health: bool


def _directory(groups: Mapping[str, Group]) -> _Directory:
    """Nearly every row of the one directory has the code SA, every row of the other MH."""
    facilities = [facility for group in groups.values() for facility in group]
    lead = 0
    for left, facility in zip(range(len(facilities), 0, -1), facilities, strict=True):
        if abs(lead) > left:  # the rest can't turn it; taking codes apart takes time
            break
        codes = service_codes(facility.codes)
        lead += (_MENTAL_HEALTH in codes) - (_SUBSTANCE_USE in codes)
    return _Directory(groups, lead > 0)


def _key_of(directories: Iterable[_Directory]) -> str:
    return MENTAL_HEALTH_KEY if all(each.is_of_mental_health for each in directories) else SOURCE_KEY


def _together(directories: Iterable[_Directory]) -> dict[str, Group]:
    """The groups of all, first those who treat addiction: they are heard first about name and phone."""
    groups: dict[str, Group] = {}
    for directory in sorted(directories, key=attrgetter("is_of_mental_health")):
        for ref, group in directory.groups.items():
            groups.setdefault(ref, []).extend(group)
    return groups


def _no_later(day: dt.date | None, limit: dt.date) -> dt.date | None:
    """The day, unless it lies in the future: then the workbook's clock was wrong and nothing is known."""
    return day if day and day <= limit else None
