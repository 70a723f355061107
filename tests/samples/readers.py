"""Everything that reads files from strangers, in one form."""

import datetime as dt
from collections.abc import Callable, Mapping

from finder.importing import Bmlt, Format, ImportReport, MeetingGuide, Upload
from finder.importing.formats.coordinates import read_coordinates
from finder.importing.formats.findtreatment import FindTreatment
from finder.importing.formats.hsds import Hsds
from finder.importing.formats.table import Table
from finder.importing.samhsa_directory import SamhsaDirectory
from finder.listings import ListingDraft
from tests.samples.feeds import FACTS, FORMATS, NA_FACTS, SERVICE_BODIES, json_file
from tests.samples.tables import a_place, a_table, guessed

_TODAY = dt.date(2026, 11, 1)

Reader = Callable[[Upload], list[ListingDraft]]


def _drafts(file_format: Format, upload: Upload) -> list[ListingDraft]:
    return list(file_format.read(upload, ImportReport()).drafts)


def _read(make: Callable[[], Format]) -> Reader:
    return lambda upload: _drafts(make(), upload)


def _bmlt(upload: Upload | None, formats: Upload | None = None, bodies: Upload | None = None) -> list[ListingDraft]:
    file_format = Bmlt(
        facts=NA_FACTS, formats=formats or json_file(FORMATS), service_bodies=bodies or json_file(SERVICE_BODIES)
    )
    return _drafts(file_format, upload or json_file([]))


def _positions(upload: Upload) -> list[ListingDraft]:
    list(read_coordinates(upload))
    return []


READERS: Mapping[str, Reader] = {
    "samhsa": _read(lambda: SamhsaDirectory(as_of=None, today=_TODAY)),
    "findtreatment": _read(lambda: FindTreatment(as_of=_TODAY)),
    "meeting guide": _read(lambda: MeetingGuide(FACTS)),
    "bmlt": _bmlt,
    "bmlt's formats": lambda upload: _bmlt(None, formats=upload),
    "bmlt's service bodies": lambda upload: _bmlt(None, bodies=upload),
    "hsds": _read(lambda: Hsds(source="lakeview", as_of=None, today=_TODAY)),
    "table": _read(lambda: Table(source="lakeview", columns=guessed(a_table(a_place())), as_of=None, today=_TODAY)),
    "guessed table": _read(lambda: Table(source="lakeview", columns=None, as_of=None, today=_TODAY)),
    "positions": _positions,
}
"""By name: each reads a whole file and gives the drafts that it makes."""
