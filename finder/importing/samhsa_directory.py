"""SAMHSA's two directories, of substance use and of mental health facilities: one at a time, or both together."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
            group_facilities(read_facilities(workbook), report, of=name)
            for workbook, name in zip(workbooks, names, strict=True)
        ]
        if _key_of(directories) != self.source:
            raise UnreadableFile(_OF_ANOTHER_SOURCE[self.source])
        groups = _together(directories)
        return Reading(groups.keys(), drafts(groups, report, report.verified_on, source=self.source))


def _key_of(directories: Iterable[Mapping[str, Group]]) -> str:
    return MENTAL_HEALTH_KEY if all(map(_is_of_mental_health, directories)) else SOURCE_KEY


def _is_of_mental_health(groups: Mapping[str, Group]) -> bool:
    """Which of the two directories it is. Nearly every row of the one has the code SA, every row of the other MH."""
    codes = [service_codes(facility.codes) for group in groups.values() for facility in group]
    return sum(_MENTAL_HEALTH in each for each in codes) > sum(_SUBSTANCE_USE in each for each in codes)


def _together(directories: Iterable[Mapping[str, Group]]) -> dict[str, Group]:
    """The groups of all, first those who treat addiction: they are heard first about name and phone."""
    groups: dict[str, Group] = {}
    for directory in sorted(directories, key=_is_of_mental_health):
        for ref, group in directory.items():
            groups.setdefault(ref, []).extend(group)
    return groups


def _no_later(day: dt.date | None, limit: dt.date) -> dt.date | None:
    """The day, unless it lies in the future: then the workbook's clock was wrong and nothing is known."""
    return day if day and day <= limit else None
