"""What an import did, every row accounted for."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

Progress = Callable[[int, int], None]
"""Told now and then how many of how many are done."""


@dataclass(slots=True)
class ImportReport:
    """``rows`` is the sum of ``created``, ``updated``, ``unchanged``, ``merged`` and all rows in ``rejected``.

    The rest are notes on some of the listings: those that wait ``in_review`` by reason, those without a point or phone.
    ``rejected`` holds the numbers of the rows by reason, ``unknown_codes`` how many facilities have each of them.
    ``not_in_file`` counts the source's listings that this file lacks.
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
    retired_fictional: int = 0
    verified_on: dt.date | None = None

    def reject(self, reason: str, rows: list[int]) -> None:
        """Leave rows out, for a reason in plain words."""
        self.rejected.setdefault(reason, []).extend(rows)

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
            "retired_fictional": self.retired_fictional,
        }


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
