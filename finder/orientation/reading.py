"""How hard a text is to read, as a U.S. school grade, by our own small measure of each language we write.

English by Flesch and Kincaid (Kincaid and others, 1975), Spanish by Crawford (1985). Syllables are estimated from
spelling. Numbers, such as phone numbers, are left out of the count.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from finder.orientation.content import UnknownLanguageError

PLAIN_GRADE = 8.0
"""The highest U.S. school grade that our public pages may ask of a reader."""

SENTENCE_END = re.compile(r"[.!?:;]+(?:\s|$)|\n")

ENGLISH_WORD = re.compile(r"[A-Za-z]+(?:['\u2019][A-Za-z]+)*")
VOWELS = re.compile(r"[aeiouy]+")
SILENT_END = re.compile(r"(?<![aeiouy])(?<!l)e$|(?<=[aeiouy])le$|(?<![aeioudty])ed$|(?<![aeioucgsxz])(?<!ch)(?<!sh)es$")
SPLIT_VOWELS = re.compile(r"(?<![ctsxg])i[ao](?!u)|iet|ioi|(?<![tc])ien[ct]|iou(?<![ctsxg]iou)|[aeiouy]ing$")

SPANISH_WORD = re.compile(r"[^\W\d_]+")
SILENT_LETTER = re.compile(r"(?<=[gq])u(?=[eéií])|(?<!c)h")
VOWEL_Y = re.compile(r"y(?![aeiouáéíóú])")
NUCLEUS = re.compile(r"[iuü]?[aeoáéó][iuü]?|[íú]|[iuü]{1,2}")


@dataclass(frozen=True, slots=True)
class Measure:
    """How one language is measured: what a word is, its syllables, and the grade from two averages.

    ``grade`` takes words per sentence and syllables per word.
    """

    word: re.Pattern[str]
    syllables: Callable[[str], int]
    grade: Callable[[float, float], float]


def reading_grade(text: str, language: str = "en") -> float:
    """The U.S. school grade that can read the text; a line's end also ends a sentence, as in a list.

    Raises ValueError for a text without words, UnknownLanguageError for a language that has no measure.
    """
    measure = _measure(language)
    sentences = [words for part in SENTENCE_END.split(text) if (words := measure.word.findall(part))]
    if not sentences:
        raise ValueError("no words to measure")
    words = [word for sentence in sentences for word in sentence]
    syllables = sum(measure.syllables(word) for word in words)
    return measure.grade(len(words) / len(sentences), syllables / len(words))


def syllable_count(word: str, language: str = "en") -> int:
    """An estimate from spelling, at least 1. Raises UnknownLanguageError for a language that has no measure."""
    return _measure(language).syllables(word)


def _measure(language: str) -> Measure:
    if language not in MEASURES:
        raise UnknownLanguageError(f"no measure for {language!r}; languages: {', '.join(sorted(MEASURES))}")
    return MEASURES[language]


def _english_syllables(word: str) -> int:
    """Groups of vowels, less silent endings, plus vowels said apart."""
    letters = word.lower().replace("'", "").replace("\u2019", "")
    groups = len(VOWELS.findall(letters))
    silent = len(SILENT_END.findall(letters))
    return max(1, groups - silent + len(SPLIT_VOWELS.findall(letters)))


def _spanish_syllables(word: str) -> int:
    """One for each strong vowel with its weak neighbors; an accent on i or u makes it strong (día, but diario)."""
    letters = VOWEL_Y.sub("i", SILENT_LETTER.sub("", word.lower()))
    return max(1, len(NUCLEUS.findall(letters)))


def _flesch_kincaid(words_per_sentence: float, syllables_per_word: float) -> float:
    return 0.39 * words_per_sentence + 11.8 * syllables_per_word - 15.59


def _crawford(words_per_sentence: float, syllables_per_word: float) -> float:
    """Made from readers of grades 1 to 6; a result above 6 says "harder than those", not an exact grade."""
    sentences_per_100_words = 100 / words_per_sentence
    syllables_per_100_words = 100 * syllables_per_word
    return -0.205 * sentences_per_100_words + 0.049 * syllables_per_100_words - 3.407


MEASURES = {
    "en": Measure(ENGLISH_WORD, _english_syllables, _flesch_kincaid),
    "es": Measure(SPANISH_WORD, _spanish_syllables, _crawford),
}
