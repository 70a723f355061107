"""Words: how text is folded, and which rows have a word that begins with another."""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from finder.search.bits import Mask, Rows

_APOSTROPHES = str.maketrans("", "", "'\u2018\u2019\u02bc")
_WORD = re.compile(r"[^\W_]+")
_AFTER_EVERY_LETTER = "\U0010ffff"


def fold(text: str) -> str:
    """Lower case without accents and apostrophes: "St. Mary's Clínica" → "st. marys clinica"."""
    if not text.isascii():
        text = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return text.translate(_APOSTROPHES).casefold()


def words(text: str) -> frozenset[str]:
    """The folded words of a text; what is neither letter nor digit parts them."""
    return frozenset(_WORD.findall(fold(text)))


class WordIndex:
    """All words of all rows in alphabetical order, each with its rows; words with one beginning stand together."""

    def __init__(self, texts: Iterable[str]) -> None:
        rows_by_word: defaultdict[str, list[int]] = defaultdict(list)
        self._count = 0
        for row, text in enumerate(texts):
            self._count += 1
            for word in words(text):
                rows_by_word[word].append(row)
        self._words = sorted(rows_by_word)
        lengths = [len(rows_by_word[word]) for word in self._words]
        self._starts = np.concatenate(([0], np.cumsum(lengths, dtype=np.intp)))
        flat = (row for word in self._words for row in rows_by_word[word])
        self._rows: Rows = np.fromiter(flat, dtype=np.intp, count=sum(lengths))

    def matching(self, text: str) -> Mask:
        """The rows in which every word of ``text`` begins some word; all rows where ``text`` has no words."""
        found = np.ones(self._count, dtype=np.bool_)
        for word in sorted(words(text), key=len, reverse=True):
            has_word = np.zeros(self._count, dtype=np.bool_)
            has_word[self._beginning_with(word)] = True
            found &= has_word
            if not found.any():
                break
        return found

    def _beginning_with(self, prefix: str) -> Rows:
        first = bisect_left(self._words, prefix)
        last = bisect_left(self._words, prefix + _AFTER_EVERY_LETTER)
        return self._rows[self._starts[first] : self._starts[last]]
