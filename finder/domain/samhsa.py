"""What SAMHSA's service codes mean in our vocabulary.

SAMHSA describes a facility by short codes ("DT", "BDTX", "MD") that it groups in categories; ``seeds/samhsa-codes.csv``
says for each of them which tags it stands for, or why a search does not use it.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from finder.domain.vocabulary import SEEDS, Code, Facet, Tag, Vocabulary, vocabulary

COLUMNS = ("category_code", "service_code", "service_name", "tags", "not_used_because")


@dataclass(frozen=True, slots=True)
class SamhsaCodes:
    """Every code that SAMHSA is known to use.

    ``tags`` holds the codes that a search uses; a code that stands in several categories has the tags of all of them.
    ``unused`` holds the other known codes. No code is in both.
    """

    tags: Mapping[str, frozenset[Tag]]
    unused: frozenset[str]

    def tags_of(self, codes: Iterable[str]) -> frozenset[Tag]:
        """All that a facility's codes say about it. Unused and unknown codes say nothing."""
        return frozenset[Tag]().union(*[self.tags[code] for code in codes if code in self.tags])

    def unknown(self, codes: Iterable[str]) -> frozenset[str]:
        """Those of ``codes`` that no known edition explains."""
        return frozenset([code for code in codes if code not in self.tags and code not in self.unused])


@cache
def samhsa_codes() -> SamhsaCodes:
    """The codes that the product ships."""
    return load_samhsa_codes(SEEDS / "samhsa-codes.csv", vocabulary())


def load_samhsa_codes(path: Path, terms: Vocabulary) -> SamhsaCodes:
    """Read a table of codes: one row for each category and code, tags as "facet:code" separated by spaces.

    Raises ``ValueError``, naming the line, for other columns, a pair that stands twice, a tag that ``terms`` lacks, and
    a row that has both tags and a reason for having none, or neither.
    """
    tags: dict[str, frozenset[Tag]] = {}
    seen: set[tuple[str, str]] = set()
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        if tuple(next(rows, ())) != COLUMNS:
            raise ValueError(f"{path.name}: the columns are {', '.join(COLUMNS)}")
        for row in rows:
            place = f"{path.name}, line {rows.line_num}"
            category, code, row_tags = _read_row(row, terms, place)
            if (category, code) in seen:
                raise ValueError(f"{place}: {category} {code} stands twice")
            seen.add((category, code))
            tags[code] = tags.get(code, frozenset()) | row_tags
    used = {code: code_tags for code, code_tags in tags.items() if code_tags}
    return SamhsaCodes(MappingProxyType(used), frozenset(tags.keys() - used.keys()))


def _read_row(row: list[str], terms: Vocabulary, place: str) -> tuple[str, str, frozenset[Tag]]:
    if len(row) != len(COLUMNS):
        raise ValueError(f"{place}: {len(row)} cells, not {len(COLUMNS)}")
    category, code, _name, tags, not_used_because = (cell.strip() for cell in row)
    if not code:
        raise ValueError(f"{place}: no service code")
    if bool(tags) == bool(not_used_because):
        raise ValueError(f"{place}: {code} needs either tags or a reason for having none")
    return category, code, frozenset(_read_tag(tag, terms, place) for tag in tags.split())


def _read_tag(text: str, terms: Vocabulary, place: str) -> Tag:
    facet, _colon, code = text.partition(":")
    tag = Tag(Facet(facet), Code(code))
    if tag not in terms:
        raise ValueError(f"{place}: the vocabulary has no {text!r}")
    return tag
