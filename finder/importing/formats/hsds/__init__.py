"""Open Referral's HSDS: JSON of version 3 as its interface gives it, and tables in CSV of versions 1 to 3.

Persons (``contact``, ``assurer_email``) are never read. ``docs/importing-hsds.md`` tells what becomes of the rest.
"""

import datetime as dt
import pickle
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from finder.importing.bounds import UnreadableFile, Upload
from finder.importing.format import Reading
from finder.importing.formats.hsds.entry import Entry, entries_of
from finder.importing.formats.hsds.listing import Facts, draft_of
from finder.importing.formats.hsds.package import entries_of_package
from finder.importing.formats.json_rows import read_values
from finder.importing.meetings.meeting import NOT_A_ROW
from finder.importing.report import ImportReport
from finder.listings import ListingDraft

MOST_LISTINGS = 200_000
LONGEST_VALUE = 1_000_000  # characters: an organization with all its services and their history

_ZIP = b"PK"
_LISTS = ("contents", "services", "organizations", "service_at_locations")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hsds:
    """A directory of one source, whose facts that bear no day are of the day ``as_of``."""

    source: str
    as_of: dt.date | None
    today: dt.date

    def read(self, upload: Upload, report: ImportReport) -> Reading:
        """As `finder.importing.format.Format`; all of the file is read before the first draft is given."""
        facts = Facts(source=self.source, as_of=self.as_of, today=self.today)
        drafts: dict[str, bytes] = {}
        for entry in _entries(upload, report):
            report.rows += 1
            draft = draft_of(entry, facts, report)
            if isinstance(draft, str):
                report.reject(draft, [entry.row])
            elif draft.source_ref in drafts:
                report.merged += 1
            else:
                drafts[draft.source_ref] = zlib.compress(pickle.dumps(draft), 1)
                report.verified_on = max(filter(None, (report.verified_on, draft.verified_on)), default=None)
            if len(drafts) > MOST_LISTINGS:
                raise UnreadableFile(f"The file has more than {MOST_LISTINGS:,} services at locations. Split it.")
        return Reading(drafts.keys(), _unpacked(drafts))


def _entries(upload: Upload, report: ImportReport) -> Iterator[Entry]:
    upload.check_size()
    beginning = upload.file.read(len(_ZIP))
    upload.file.seek(0)
    if beginning == _ZIP:
        yield from entries_of_package(upload)
        return
    for row, value in read_values(upload, _LISTS, LONGEST_VALUE):
        if isinstance(value, dict):
            yield from entries_of(row, value)
        else:
            report.rows += 1
            report.reject(NOT_A_ROW, [row])


def _unpacked(drafts: dict[str, bytes]) -> Iterator[ListingDraft]:
    """Packed, the drafts of a whole state take less memory than the file; they are our own, so unpacking is safe."""
    for packed in drafts.values():
        draft: ListingDraft = pickle.loads(zlib.decompress(packed))  # noqa: S301 (packed above, never read from a file)
        yield draft
