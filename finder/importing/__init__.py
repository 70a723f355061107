"""Importing listings from files of the field, and positions for them.

Every format ends in `finder.listings.ListingDraft`; nothing here commits.
"""

from finder.importing.bounds import UnreadableFile, Upload
from finder.importing.download import download
from finder.importing.pipeline import import_samhsa
from finder.importing.positions import import_positions
from finder.importing.report import ImportReport, PositionsReport, Progress

__all__ = [
    "ImportReport",
    "PositionsReport",
    "Progress",
    "UnreadableFile",
    "Upload",
    "download",
    "import_positions",
    "import_samhsa",
]
