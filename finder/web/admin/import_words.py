"""What pages call the states of an import and what it counts."""

from collections.abc import Mapping

from finder.domain.importing import JobState
from finder.web.languages import lazy_gettext

JOB_STATES: Mapping[JobState, lazy_gettext] = {
    JobState.WAITING: lazy_gettext("Waits to be looked at"),
    JobState.PREVIEWING: lazy_gettext("Being looked at"),
    JobState.READY: lazy_gettext("Waits for your decision"),
    JobState.APPROVED: lazy_gettext("Waits to be applied"),
    JobState.APPLYING: lazy_gettext("Being applied"),
    JobState.APPLIED: lazy_gettext("Applied"),
    JobState.UNCHANGED: lazy_gettext("Nothing new"),
    JobState.ASKS: lazy_gettext("Changes a lot: waits for your decision"),
    JobState.FAILED: lazy_gettext("Failed"),
    JobState.DISCARDED: lazy_gettext("Discarded"),
}

ROWS: Mapping[str, lazy_gettext] = {
    "rows": lazy_gettext("Rows of the file"),
    "created": lazy_gettext("New"),
    "updated": lazy_gettext("Changed"),
    "unchanged": lazy_gettext("As they were"),
    "merged": lazy_gettext("Further rows of a listing"),
    "rejected": lazy_gettext("Left out"),
}
"""What became of each row of a file."""

NOTES: Mapping[str, lazy_gettext] = {
    "in_review": lazy_gettext("Listings that wait for a review before anybody sees them"),
    "conflicts": lazy_gettext(
        "Facts that a person found out and the source tells differently: ours stay, see Conflicts"
    ),
    "linked": lazy_gettext("Listings that another source has too, now told by both"),
    "renamed": lazy_gettext("Listings that the source calls by another number now"),
    "moved": lazy_gettext("Listings that moved to another address"),
    "suspects": lazy_gettext("Possible duplicates to compare"),
    "not_in_file": lazy_gettext("Listings of this source that the file lacks"),
    "retired_gone": lazy_gettext("Of these retired"),
    "brought_back": lazy_gettext("Listings that were retired as gone and are in the file again"),
    "retired_fictional": lazy_gettext("Demonstration listings taken off"),
    "meetings": lazy_gettext("Weekly meetings"),
    "repeated": lazy_gettext("Weekly meetings that the file has more than once"),
    "recovered": lazy_gettext("Positions that the file lacks, found by their ZIP Code or city"),
    "without_point": lazy_gettext("Listings without a position, their ZIP Code is unknown"),
    "without_phone": lazy_gettext("Listings without a phone number"),
    "impossible_phones": lazy_gettext("Phone numbers left out, nobody could dial them"),
    "unknown_codes": lazy_gettext("Codes of the file that we don't know, ignored"),
}
"""What somebody should know besides, where it isn't nought."""

OUTCOMES: Mapping[str, lazy_gettext] = {
    "updated": lazy_gettext("Changed"),
    "linked": lazy_gettext("Told by another source too"),
    "renamed": lazy_gettext("Called by another number"),
    "moved": lazy_gettext("Moved"),
    "gone": lazy_gettext("Not in the file"),
}
"""What becomes of a listing, beside its name."""
