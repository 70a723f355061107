"""What the guide asks and by which rules it answers: reading and checking its two files of reviewed content."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints
from pydantic.dataclasses import dataclass

from finder.domain.vocabulary import LEVEL_OF_CARE, Code, Facet, Tag, vocabulary
from finder.orientation.content import (
    CHECKED,
    ContentError,
    UnknownLanguageError,
    Words,
    checked,
    parse_toml,
    read_text,
)
from finder.orientation.topics import READING_ORDER, Source

TRANSLATED = frozenset({"words", "help", "label", "reason", "safety", "assessment", "title", "publisher"})
SOMETIMES_TRANSLATED = frozenset({"url"})
"""Written as a table of languages only where they differ."""

PairOfCodes = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+:[a-z0-9_]+$")]
"""An answer as rules name it, "question:code", or a tag, "facet:code"."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CHECKED)
class Choice:
    """One answer that a visitor can tap. One that stands ``alone`` ("none of these") gives way to any other."""

    code: Words
    label: Words
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, config=CHECKED)
class Question:
    """One page of the guide. ``multiple`` questions take several answers; every question can be skipped."""

    key: Words
    words: Words
    help: Words
    choices: tuple[Choice, ...]
    multiple: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, config=CHECKED)
class Rule:
    """Answers and what they add to a suggestion.

    Every line of ``when`` must hold; a line holds when any of its answers was given. An answer of ``unless`` keeps the
    rule quiet. ``levels`` are codes of level_of_care, ``needs`` are tags, ``topics`` are slugs, ``source`` is a key.
    """

    key: Words
    when: tuple[tuple[PairOfCodes, ...], ...]
    unless: tuple[PairOfCodes, ...] = ()
    urgent: bool = False
    levels: tuple[Code, ...] = ()
    needs: tuple[PairOfCodes, ...] = ()
    topics: tuple[str, ...] = ()
    safety: Words | None = None
    reason: Words
    source: Words

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The needs as the vocabulary has them."""
        pairs = (need.split(":") for need in self.needs)
        return tuple(Tag(Facet(facet), Code(code)) for facet, code in pairs)


@dataclass(frozen=True, slots=True, kw_only=True, config=CHECKED)
class RuleBook:
    """The rules in order. ``otherwise`` stands in where no rule names a level.

    ``asked_at`` says at which levels of care a facet is part of the search.
    """

    assessment: Words
    asked_at: dict[Facet, tuple[Code, ...]]
    otherwise: Rule
    rules: tuple[Rule, ...]
    sources: dict[str, Source]


@dataclass(frozen=True, slots=True, kw_only=True, config=CHECKED)
class _QuestionList:
    questions: tuple[Question, ...]


def read_questions(path: Path, language: str) -> tuple[Question, ...]:
    """The questions in order. Raises ContentError naming the file, or UnknownLanguageError for a missing text."""
    data = _in_language(parse_toml(read_text(path), path), language, str(path))
    questions = checked(_QuestionList, data, path).questions
    repeated = [*_repeated(question.key for question in questions)]
    for question in questions:
        repeated += [f"{question.key}:{code}" for code in _repeated(choice.code for choice in question.choices)]
    _refuse([f"stands twice: {key}" for key in repeated], path)
    return questions


def read_rules(path: Path, language: str, questions: tuple[Question, ...]) -> RuleBook:
    """The rules about these questions. Raises as `read_questions`, also for a name that leads nowhere."""
    data = parse_toml(read_text(path), path)
    otherwise = data.get("otherwise")
    if isinstance(otherwise, dict):
        data["otherwise"] = {**otherwise, "key": "otherwise", "when": []}
    book = checked(RuleBook, _in_language(data, language, str(path)), path)
    answers = {f"{question.key}:{choice.code}" for question in questions for choice in question.choices}
    _refuse([*_misplaced(book), *_leading_nowhere(book, answers)], path)
    return book


def _in_language(data: object, language: str, where: str) -> object:
    """The data with one language's text in place of each table of languages."""
    if isinstance(data, list):
        return [_in_language(item, language, where) for item in data]
    if not isinstance(data, dict):
        return data
    here = f"{where}: {data.get('key') or data.get('code')}" if {"key", "code"} & data.keys() else where
    return {name: _value(name, value, language, here) for name, value in data.items()}


def _value(name: str, value: object, language: str, where: str) -> object:
    if name in TRANSLATED or (name in SOMETIMES_TRANSLATED and isinstance(value, dict)):
        return _text(value, language, f"{where}: {name}")
    return _in_language(value, language, where)


def _text(texts: object, language: str, where: str) -> object:
    if not isinstance(texts, dict):
        raise ContentError(f'{where} must be written as {{en = "..."}}')
    if language not in texts:
        raise UnknownLanguageError(f"{where} is not written in {language!r}; languages: {', '.join(sorted(texts))}")
    return texts[language]


def _misplaced(book: RuleBook) -> Iterator[str]:
    yield from (f"stands twice: {key}" for key in _repeated(rule.key for rule in book.rules))
    yield from (
        f"{rule.key}: needs at least one line in when" for rule in book.rules if not all([rule.when, *rule.when])
    )
    if not book.otherwise.levels:
        yield "otherwise: must name a level of care"


def _leading_nowhere(book: RuleBook, answers: set[str]) -> Iterator[str]:
    for rule in (*book.rules, book.otherwise):
        named = {given for line in (*rule.when, rule.unless) for given in line}
        yield from (f"{rule.key}: no answer {given}" for given in sorted(named - answers))
        yield from (f"{rule.key}: no tag {tag}" for tag in rule.tags if tag not in vocabulary())
        yield from (
            f"{rule.key}: {tag.facet} is not in asked_at" for tag in rule.tags if tag.facet not in book.asked_at
        )
        yield from (f"{rule.key}: no topic {slug}" for slug in rule.topics if slug not in READING_ORDER)
        if rule.source not in book.sources:
            yield f"{rule.key}: no source {rule.source}"
    levels = {level for rule in (*book.rules, book.otherwise) for level in rule.levels}
    levels |= {level for asked_at in book.asked_at.values() for level in asked_at}
    yield from (f"no level of care {level}" for level in sorted(levels) if (LEVEL_OF_CARE, level) not in vocabulary())


def _repeated(keys: Iterable[str]) -> list[str]:
    return sorted(key for key, times in Counter(keys).items() if times > 1)


def _refuse(problems: list[str], path: Path) -> None:
    if problems:
        raise ContentError(f"{path}: {'; '.join(problems)}")
