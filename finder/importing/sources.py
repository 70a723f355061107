"""SAMHSA's two sources, each with what must be said of it."""

import datetime as dt

from sqlalchemy.orm import Session

from finder.importing.bounds import Upload
from finder.importing.formats.findtreatment import SOURCE_KEY as LOCATOR_KEY
from finder.importing.formats.findtreatment import FindTreatment
from finder.importing.gone import Rules
from finder.importing.pipeline import Import, import_file
from finder.importing.report import ImportReport, Progress
from finder.importing.samhsa import SOURCE_KEY, SamhsaDirectory
from finder.listings import Change
from finder.models import Source

RESERVED_KEYS = frozenset({SOURCE_KEY, LOCATOR_KEY})
_LOCATOR = "https://findtreatment.gov/"
_CITATION = (
    "Substance Abuse and Mental Health Services Administration (SAMHSA), {work}, from the National Substance Use and "
    "Mental Health Services Survey (N-SUMHSS). Public domain. SAMHSA does not endorse this site."
)


def import_samhsa(
    session: Session, upload: Upload, change: Change, *, as_of: dt.date | None, progress: Progress
) -> ImportReport:
    """Import SAMHSA's national directory workbook: the first edition, another one, or the same again.

    ``as_of`` is the day for which the edition speaks; if it is None, the day when the workbook was last saved.
    Listings that this file lacks stay as they are. Else as `import_file`.
    """
    source = Source(
        key=SOURCE_KEY,
        name="SAMHSA National Directory of Drug and Alcohol Use Treatment Facilities",
        attribution=_CITATION.format(work="National Directory of Drug and Alcohol Use Treatment Facilities"),
        url=_LOCATOR,
    )
    directory = Import(file_format=SamhsaDirectory(as_of=as_of, today=change.at.date()), source=source)
    return import_file(session, upload, directory, change, progress=progress)


def findtreatment(as_of: dt.date | None, rules: Rules) -> Import:
    """Answers of FindTreatment.gov of any part of the country, fetched on the day ``as_of``."""
    source = Source(
        key=LOCATOR_KEY, name="FindTreatment.gov", attribution=_CITATION.format(work="FindTreatment.gov"), url=_LOCATOR
    )
    return Import(file_format=FindTreatment(as_of=as_of), source=source, rules=rules)
