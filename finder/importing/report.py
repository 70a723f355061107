"""What an import did, every row accounted for."""

import datetime as dt
from calendar import day_abbr
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from finder.listings import ListingDraft

Progress = Callable[[int, int], None]
"""Told now and then how many of how many are done."""

MOST_DIFFERENCES = 20
"""So many listings of each outcome are kept by name."""

_MOST_UNKNOWN_CODES = 1_000
_OTHER_CODES = "others"
_MOST_CODES = 50
_MOST_ROWS = 20
_MOST_TIMES = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """What becomes of a listing: its row id if it has one, and its facts as ``[before, after]`` in JSON's types.

    ``outcome`` is "updated", "linked", "renamed" or "moved", or "gone" for one of the source's that the file lacks.
    """

    listing: int | None
    name: str
    outcome: str
    facts: Mapping[str, list[Any]]


@dataclass(slots=True)
class ImportReport:
    """``rows`` is the sum of ``created``, ``updated``, ``unchanged``, ``merged`` and all rows in ``rejected``.

    The rest are notes on some of the listings: those that wait ``in_review`` by reason, those without a point or phone.
    ``renamed`` and ``moved`` count those that the source calls otherwise than before, at the same or another address;
    ``linked`` those of other sources that this one has too; ``conflicts`` the groups of facts of which a person found
    out something else; ``suspects`` the pairs of a new listing and one that a person should compare with it.
    ``differences`` says how the first listings that it changes differ, and which it lacks; see `note_difference`.
    ``rejected`` holds the numbers of the rows by reason, ``unknown_codes`` how many facilities have each of them.
    ``not_in_file`` counts the source's listings that this file lacks, ``retired_gone`` those of them that were retired,
    ``brought_back`` those that an import had retired and that are in the file again. ``meetings`` counts the weekly
    meetings of the drafts, ``repeated`` the times that the file names once more, ``recovered`` the listings whose
    position the file lacks and the gazetteer knew. ``samples`` are the first drafts.
    """

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    merged: int = 0
    rejected: dict[str, list[int]] = field(default_factory=dict)
    in_review: Counter[str] = field(default_factory=Counter)
    unknown_codes: Counter[str] = field(default_factory=Counter)
    without_point: int = 0
    without_phone: int = 0
    impossible_phones: int = 0
    not_in_file: int = 0
    retired_gone: int = 0
    brought_back: int = 0
    retired_fictional: int = 0
    meetings: int = 0
    repeated: int = 0
    recovered: int = 0
    renamed: int = 0
    moved: int = 0
    linked: int = 0
    conflicts: int = 0
    suspects: int = 0
    samples: list[ListingDraft] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    verified_on: dt.date | None = None

    def reject(self, reason: str, rows: list[int]) -> None:
        """Leave rows out, for a reason in plain words."""
        self.rejected.setdefault(reason, []).extend(rows)

    def note_unknown(self, codes: Iterable[str]) -> None:
        """Count codes that nobody knows; of a file that holds endless ones not each by its name."""
        for code in codes:
            is_noted = code in self.unknown_codes or len(self.unknown_codes) < _MOST_UNKNOWN_CODES
            self.unknown_codes[code if is_noted else _OTHER_CODES] += 1

    def counts(self) -> dict[str, int]:
        """The figures alone, as an import run keeps them."""
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "merged": self.merged,
            "rejected": sum(map(len, self.rejected.values())),
            "in_review": self.in_review.total(),
            "unknown_codes": len(self.unknown_codes),
            "without_point": self.without_point,
            "without_phone": self.without_phone,
            "impossible_phones": self.impossible_phones,
            "not_in_file": self.not_in_file,
            "retired_gone": self.retired_gone,
            "brought_back": self.brought_back,
            "retired_fictional": self.retired_fictional,
            "meetings": self.meetings,
            "repeated": self.repeated,
            "recovered": self.recovered,
            "renamed": self.renamed,
            "moved": self.moved,
            "linked": self.linked,
            "conflicts": self.conflicts,
            "suspects": self.suspects,
        }

    def note_difference(self, difference: Difference) -> None:
        """Keep how a listing differs, of the first ones of each outcome: many changes don't hide the few losses."""
        if [each.outcome for each in self.differences].count(difference.outcome) < MOST_DIFFERENCES:
            self.differences.append(difference)

    def as_json(self) -> dict[str, Any]:
        """All that pages tell of an import, in JSON's types; what may be endless is cut."""
        return {
            "counts": self.counts(),
            "rejected": [
                {"reason": reason, "count": len(rows), "rows": rows[:_MOST_ROWS]}
                for reason, rows in sorted(self.rejected.items())
            ],
            "in_review": [{"reason": reason, "count": count} for reason, count in self.in_review.most_common()],
            "unknown_codes": [list(pair) for pair in self.unknown_codes.most_common(_MOST_CODES)],
            "verified_on": self.verified_on and self.verified_on.isoformat(),
            "samples": [sample(draft) for draft in self.samples],
            "differences": [asdict(each) for each in self.differences],
        }


def sample(draft: ListingDraft) -> dict[str, str]:
    """A draft in three words: its name, where it is, and its first times in the week."""
    times = [f"{day_abbr[span.weekday]} {span.opens_at:%H:%M}" for span in draft.schedules[:_MOST_TIMES]]
    more = ["..."] if len(draft.schedules) > _MOST_TIMES else []
    where = ", ".join(part for part in (draft.address_1, draft.city, draft.state) if part)
    return {"name": draft.name, "where": where, "times": ", ".join(times + more)}


@dataclass(slots=True)
class PositionsReport:
    """What a table of coordinates did.

    ``rows`` is the sum of ``usable``, ``repeated`` and all rows in ``rejected``; ``listings`` the sum of ``matched``
    (given a position), ``already`` (had an exact one), ``ambiguous`` (the table contradicts itself) and ``unmatched``.
    """

    rows: int = 0
    usable: int = 0
    repeated: int = 0
    rejected: dict[str, list[int]] = field(default_factory=dict)
    listings: int = 0
    matched: int = 0
    already: int = 0
    ambiguous: int = 0
    unmatched: int = 0

    def reject(self, reason: str, row: int) -> None:
        """Leave a row out, for a reason in plain words."""
        self.rejected.setdefault(reason, []).append(row)
