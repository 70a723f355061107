"""How hard a text is to read: the Flesch-Kincaid grade (Kincaid and others, 1975), by our own small measure.

Syllables are estimated from spelling. Numbers, such as phone numbers, are left out of the count.
"""

import re

PLAIN_GRADE = 8.0
"""The highest U.S. school grade that our public pages may ask of a reader."""

WORD = re.compile(r"[A-Za-z]+(?:['\u2019][A-Za-z]+)*")
SENTENCE_END = re.compile(r"[.!?:;]+(?:\s|$)|\n")
VOWELS = re.compile(r"[aeiouy]+")
SILENT_END = re.compile(r"(?<![aeiouy])(?<!l)e$|(?<=[aeiouy])le$|(?<![aeioudty])ed$|(?<![aeioucgsxz])(?<!ch)(?<!sh)es$")
SPLIT_VOWELS = re.compile(r"(?<![ctsxg])i[ao](?!u)|iet|ioi|(?<![tc])ien[ct]|iou(?<![ctsxg]iou)|[aeiouy]ing$")


def reading_grade(text: str) -> float:
    """The U.S. school grade that can read the text; a line's end also ends a sentence, as in a list.

    Raises ValueError for a text without words.
    """
    sentences = [words for part in SENTENCE_END.split(text) if (words := WORD.findall(part))]
    if not sentences:
        raise ValueError("no words to measure")
    words = [word for sentence in sentences for word in sentence]
    syllables = sum(syllable_count(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def syllable_count(word: str) -> int:
    """An estimate from spelling, at least 1: groups of vowels, less silent endings, plus vowels said apart."""
    letters = word.lower().replace("'", "").replace("\u2019", "")
    groups = len(VOWELS.findall(letters))
    silent = len(SILENT_END.findall(letters))
    return max(1, groups - silent + len(SPLIT_VOWELS.findall(letters)))
