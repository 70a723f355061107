"""What terms of other vocabularies mean in ours, only where there is no doubt."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from finder.domain.vocabulary import Facet, Tag, vocabulary
from finder.importing.formats.hsds.known_terms import CLEAR_FACETS, CODES, FOR_WHOM, LANGUAGES, TERMS
from finder.importing.meetings.codes import tags_named

_BETWEEN = re.compile(r"[,;|/\n]| and | or ")


def tags_of_code(code: str) -> frozenset[Tag] | None:
    """What a code of the 211 taxonomy says; ``None`` of one that we don't know."""
    found = next((names for beginning, names in CODES if _is_below(code.upper(), beginning)), None)
    return None if found is None else tags_named(found)


def tags_of_words(words: str) -> frozenset[Tag] | None:
    """What the name of a term says of a service."""
    return _by_words().get(_plain(words))


def tags_of_people(words: str) -> frozenset[Tag]:
    """For whom a service is, of words such as "Adults, veterans"; what has another meaning says nothing."""
    return frozenset[Tag]().union(*(_people().get(_plain(part), frozenset()) for part in _BETWEEN.split(words)))


def tags_of_list(words: str) -> frozenset[Tag]:
    """What the parts of a list say, each as `tags_of_words` knows it."""
    return frozenset[Tag]().union(*(tags_of_words(part) or frozenset() for part in _BETWEEN.split(words)))


def tags_of_language(code: str, name: str) -> frozenset[Tag] | None:
    """A language by its code, or else by its name; English, which all speak, says nothing."""
    known = LANGUAGES.get(code.casefold().partition("-")[0])
    if known is not None:
        return tags_named(f"language:{known}") if known else frozenset()
    return frozenset() if _plain(name) == "english" else _languages().get(_plain(name))


def _is_below(code: str, beginning: str) -> bool:
    return code == beginning or code.startswith((f"{beginning}.", f"{beginning}-"))


def _plain(words: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", words.casefold()))


def _labels(*facets: str) -> Iterator[tuple[str, frozenset[Tag]]]:
    for term in (term for facet in facets for term in vocabulary().facet(Facet(facet)).terms):
        level = {f"level_of_care:{term.level}"} if term.level else set()
        for label in term.labels.values():
            yield _plain(label), tags_named(" ".join({str(term.tag), *level}))


@cache
def _by_words() -> Mapping[str, frozenset[Tag]]:
    return dict(_labels(*CLEAR_FACETS)) | {_plain(words): tags_named(names) for words, names in TERMS}


@cache
def _people() -> Mapping[str, frozenset[Tag]]:
    return {_plain(words): tags_named(names) for words, names in FOR_WHOM}


@cache
def _languages() -> Mapping[str, frozenset[Tag]]:
    return dict(_labels("language"))
