"""Search: what a visitor asked for (`Criteria`) → what there is for them (`Results`), on a snapshot in numpy.

``docs/search.md`` tells how it answers.
"""

from finder.search.answer import hit_as_data, results_as_data
from finder.search.criteria import LARGEST_PAGE, RADII, Criteria, MeetingTime, Sort
from finder.search.engine import search, search_widening
from finder.search.listed import Listed
from finder.search.reading import Version
from finder.search.refresh import Directory
from finder.search.reserve import Reserve
from finder.search.results import Hit, Relaxation, RelaxationKind, Results
from finder.search.snapshot import Snapshot

__all__ = [
    "LARGEST_PAGE",
    "RADII",
    "Criteria",
    "Directory",
    "Hit",
    "Listed",
    "MeetingTime",
    "Relaxation",
    "RelaxationKind",
    "Reserve",
    "Results",
    "Snapshot",
    "Sort",
    "Version",
    "hit_as_data",
    "results_as_data",
    "search",
    "search_widening",
]
