"""What people can search by: facets, their codes, and the words shown for them.

The vocabulary is data (``seeds/vocabulary.toml``), read once. Its codes never change while the program runs; its words
may (`Vocabulary.reworded`). A facet is a question ("Ways to pay"), a code is one answer to it ("medicaid"), a tag is
the pair that a listing carries.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, NewType, Self

Facet = NewType("Facet", str)
Code = NewType("Code", str)

SEEDS = Path(__file__).parents[2] / "seeds"
DEFAULT_LANGUAGE = "en"

LEVEL_OF_CARE = Facet("level_of_care")
KIND_OF_CARE = Facet("kind_of_care")

_CODE = re.compile(r"[a-z][a-z0-9_]*")


class Tag(NamedTuple):
    """One thing that is true of a listing: its answer ``code`` to the question ``facet``."""

    facet: Facet
    code: Code

    def __str__(self) -> str:
        """The form in which files name a tag, "facet:code"."""
        return f"{self.facet}:{self.code}"


class WordingPart(StrEnum):
    """One of the two texts that people read of a facet or a code."""

    LABEL = "label"
    EXPLANATION = "explanation"


class WordingKey(NamedTuple):
    """Where a text stands: of a code, or, with an empty ``code``, of the facet itself."""

    facet: str
    code: str
    language: str
    part: WordingPart


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What people read, by language code ("en"); every mapping holds at least English."""

    labels: Mapping[str, str]
    explanations: Mapping[str, str]

    def label(self, language: str = DEFAULT_LANGUAGE) -> str:
        """A few words, in English where the language has none yet."""
        return self.labels.get(language, self.labels[DEFAULT_LANGUAGE])

    def explanation(self, language: str = DEFAULT_LANGUAGE) -> str:
        """One plain line, in English where the language has none yet."""
        return self.explanations.get(language, self.explanations[DEFAULT_LANGUAGE])

    def texts(self, part: WordingPart) -> Mapping[str, str]:
        """One of its two texts by language."""
        return self.labels if part is WordingPart.LABEL else self.explanations

    def reworded(self, texts: Mapping[tuple[str, WordingPart], str]) -> Self:
        """The same with other texts, by language and part."""
        labels, explanations = (
            {language: text for (language, of), text in texts.items() if of is part} for part in WordingPart
        )
        return replace(
            self,
            labels=MappingProxyType({**self.labels, **labels}),
            explanations=MappingProxyType({**self.explanations, **explanations}),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Wording):
    """One code of a facet.

    ``level`` and ``asam`` are set on kinds of care only: the level of care that the kind belongs to, and its name in
    the ASAM Criteria, 4th edition (empty where there is none).
    """

    facet: Facet
    code: Code
    level: Code | None = None
    asam: str = ""

    @property
    def tag(self) -> Tag:
        """What a listing carries to be found by this code."""
        return Tag(self.facet, self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetTerms(Wording):
    """A facet with its codes in display order."""

    facet: Facet
    terms: tuple[Term, ...]


class Vocabulary:
    """All facets in the order of the filter panel. Names that it doesn't know raise ``KeyError``."""

    def __init__(self, facets: tuple[FacetTerms, ...]) -> None:
        self.facets = facets
        self._by_name = MappingProxyType({terms.facet: terms for terms in facets})
        self._terms = MappingProxyType({term.tag: term for terms in facets for term in terms.terms})

    def __contains__(self, tag: tuple[str, str]) -> bool:
        return tag in self._terms

    def facet(self, name: str) -> FacetTerms:
        """The facet called ``name``, with its codes."""
        return self._by_name[Facet(name)]

    def term(self, facet: str, code: str) -> Term:
        """The code ``code`` of ``facet``."""
        return self._terms[Tag(Facet(facet), Code(code))]

    def label(self, facet: str, code: str, language: str = DEFAULT_LANGUAGE) -> str:
        """What people read for a code."""
        return self.term(facet, code).label(language)

    def wording(self, facet: str, code: str) -> Wording:
        """The texts of a code, or, where ``code`` is empty, of the facet itself."""
        return self.term(facet, code) if code else self.facet(facet)

    def reworded(self, texts: Mapping[WordingKey, str]) -> "Vocabulary":
        """The same facets and codes with other texts; those for what it doesn't know change nothing."""
        of: dict[tuple[str, str], dict[tuple[str, WordingPart], str]] = {}
        for key, text in texts.items():
            of.setdefault((key.facet, key.code), {})[key.language, key.part] = text
        return Vocabulary(tuple(_reworded(terms, of) for terms in self.facets))


def _reworded(terms: FacetTerms, texts: Mapping[tuple[str, str], Mapping[tuple[str, WordingPart], str]]) -> FacetTerms:
    changed = tuple(
        term.reworded(texts[term.facet, term.code]) if (term.facet, term.code) in texts else term
        for term in terms.terms
    )
    return replace(terms.reworded(texts.get((terms.facet, ""), {})), terms=changed)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that the product ships."""
    return load_vocabulary(SEEDS / "vocabulary.toml")


def load_vocabulary(path: Path) -> Vocabulary:
    """Read a vocabulary file; the head of ``seeds/vocabulary.toml`` describes its form.

    Raises ``ValueError``, naming the facet and the code, for anything that the form doesn't allow.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error
    _refuse_other_keys(document, {"facets"}, path.name)
    facets = tuple(_facet(table, path.name) for table in _tables(document, "facets", path.name))
    _refuse_repeats([terms.facet for terms in facets], path.name)
    loaded = Vocabulary(facets)
    _refuse_unknown_levels(loaded, path.name)
    return loaded


def _facet(table: dict[str, Any], file_name: str) -> FacetTerms:
    facet = Facet(_code(table, file_name))
    place = f"{file_name}, facet {facet}"
    _refuse_other_keys(table, {"code", "label", "explanation", "codes"}, place)
    terms = tuple(_term(facet, term, place) for term in _tables(table, "codes", place))
    _refuse_repeats([term.code for term in terms], place)
    labels, explanations = _texts(table, "label", place), _texts(table, "explanation", place)
    return FacetTerms(facet=facet, labels=labels, explanations=explanations, terms=terms)


def _term(facet: Facet, table: dict[str, Any], facet_place: str) -> Term:
    code = Code(_code(table, facet_place))
    place = f"{facet_place}, code {code}"
    of_a_kind = {"level", "asam"} if facet == KIND_OF_CARE else set()
    _refuse_other_keys(table, {"code", "label", "explanation"} | of_a_kind, place)
    return Term(
        facet=facet,
        code=code,
        labels=_texts(table, "label", place),
        explanations=_texts(table, "explanation", place),
        level=Code(_text(table, "level", place)) if of_a_kind else None,
        asam=_text(table, "asam", place) if "asam" in table else "",
    )


def _tables(table: dict[str, Any], key: str, place: str) -> list[dict[str, Any]]:
    tables = table.get(key)
    if not isinstance(tables, list) or not tables or not all(isinstance(each, dict) for each in tables):
        raise ValueError(f"{place}: needs at least one [[{key}]] table")
    return tables


def _code(table: dict[str, Any], place: str) -> str:
    code = _text(table, "code", place)
    if not _CODE.fullmatch(code):
        raise ValueError(f"{place}: a code is lower-case ASCII words joined by '_', not {code!r}")
    return code


def _texts(table: dict[str, Any], key: str, place: str) -> Mapping[str, str]:
    by_language = table.get(key)
    if not isinstance(by_language, dict) or DEFAULT_LANGUAGE not in by_language:
        raise ValueError(f"{place}: {key}.{DEFAULT_LANGUAGE} is missing")
    return MappingProxyType({language: _text(by_language, language, f"{place}, {key}") for language in by_language})


def _text(table: dict[str, Any], key: str, place: str) -> str:
    text = table.get(key)
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"{place}: {key} is missing or not a text")
    return text


def _refuse_other_keys(table: dict[str, Any], allowed: set[str], place: str) -> None:
    if unknown := sorted(set(table) - allowed):
        raise ValueError(f"{place}: unknown key {', '.join(unknown)}")


def _refuse_repeats(codes: Sequence[str], place: str) -> None:
    if repeated := sorted({code for code in codes if codes.count(code) > 1}):
        raise ValueError(f"{place}: stands twice: {', '.join(repeated)}")


def _refuse_unknown_levels(loaded: Vocabulary, file_name: str) -> None:
    for term in (term for terms in loaded.facets for term in terms.terms):
        if term.level and (LEVEL_OF_CARE, term.level) not in loaded:
            raise ValueError(f"{file_name}, facet {term.facet}, code {term.code}: no level of care called {term.level}")
