"""Importing listings from files of the field, and positions for them.

Every format ends in `finder.listings.ListingDraft`; nothing here commits.
"""

from finder.importing.bounds import UnreadableFile, Upload
from finder.importing.format import Format
from finder.importing.formats.bmlt import Bmlt
from finder.importing.formats.meeting_guide import MeetingGuide
from finder.importing.gone import ManyChanges, Rules
from finder.importing.meetings import FeedFacts
from finder.importing.pipeline import Import, import_file, plan_file
from finder.importing.positions import import_positions
from finder.importing.report import ImportReport, PositionsReport, Progress
from finder.importing.sources import RESERVED_KEYS

__all__ = [
    "RESERVED_KEYS",
    "Bmlt",
    "FeedFacts",
    "Format",
    "Import",
    "ImportReport",
    "ManyChanges",
    "MeetingGuide",
    "PositionsReport",
    "Progress",
    "Rules",
    "UnreadableFile",
    "Upload",
    "import_file",
    "import_positions",
    "plan_file",
]
