"""The guide: a few questions, each of which can be skipped, and the place to start that their answers suggest.

What it asks and by which rules it answers is reviewed content in ``guide/``; docs/guide.md shows all of it. Nothing
here keeps an answer, and no answer is shown in the ``repr`` of an object, because that may end in a log.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from finder.domain.vocabulary import LEVEL_OF_CARE, Code, Facet, Tag, vocabulary
from finder.orientation.guide_content import Question, Rule, RuleBook, read_questions, read_rules
from finder.orientation.topics import Source

GUIDE = Path(__file__).parent / "guide"

Needs: TypeAlias = Mapping[Facet, frozenset[Code]]
"""Codes by facet, as the search takes them."""


@dataclass(frozen=True, slots=True, repr=False)
class Answers:
    """What a visitor chose: codes by question, in the guide's order, without the questions that were skipped."""

    chosen: Mapping[str, tuple[str, ...]]

    def __contains__(self, answer: str) -> bool:
        """Whether "question:code" was answered."""
        key, _, code = answer.partition(":")
        return code in self.chosen.get(key, ())


@dataclass(frozen=True, slots=True, repr=False)
class Reason:
    """Why something is suggested, and where that stands."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Suggestion:
    """A place to start, never a diagnosis: ``assessment`` says so and belongs beside it.

    ``urgent``: call 911 first. ``levels`` are codes of level_of_care, the first one to begin with; there is always one.
    ``needs`` is all that was understood; ``searches`` are the needs to search by at each level of care, the level among
    them. ``safety`` lines are to be said loudest. ``topics`` are the slugs of pages to read.
    """

    urgent: bool
    levels: tuple[Code, ...]
    needs: Needs
    searches: Mapping[Code, Needs]
    reasons: tuple[Reason, ...]
    safety: tuple[str, ...]
    topics: tuple[str, ...]
    assessment: str


@dataclass(frozen=True, slots=True)
class Guide:
    """The questions in the order in which they are asked, and the rules, in one language."""

    questions: tuple[Question, ...]
    book: RuleBook

    def answers(self, raw: Mapping[str, Sequence[str]]) -> Answers:
        """What a form sent, made valid.

        Names that the guide doesn't know are left out, so that a page from before a change still works. Of several
        answers to a question that takes one, the first in the question's order counts: the more serious.
        """
        kept = {question.key: _kept(question, raw.get(question.key, ())) for question in self.questions}
        return Answers(MappingProxyType({key: codes for key, codes in kept.items() if codes}))

    def next_question(self, after: str | None) -> Question | None:
        """The question after the one with this key, None after the last; the first for None or an unknown key."""
        keys = [question.key for question in self.questions]
        place = keys.index(after) + 1 if after in keys else 0
        return self.questions[place] if place < len(keys) else None

    def suggestion(self, answers: Answers) -> Suggestion:
        """All that the rules say to these answers, in the order of the rules."""
        rules = [rule for rule in self.book.rules if _fires(rule, answers)]
        if not any(rule.levels for rule in rules):
            rules.append(self.book.otherwise)
        tags = [tag for rule in rules for tag in rule.tags]
        levels = (term.code for term in vocabulary().facet(LEVEL_OF_CARE).terms)
        return Suggestion(
            urgent=any(rule.urgent for rule in rules),
            levels=tuple(dict.fromkeys(chain.from_iterable(rule.levels for rule in rules))),
            needs=_needs(tags),
            searches=MappingProxyType({level: self._search(level, tags) for level in levels}),
            reasons=tuple(Reason(rule.reason, self.book.sources[rule.source]) for rule in rules),
            safety=tuple(rule.safety for rule in rules if rule.safety),
            topics=tuple(dict.fromkeys(chain.from_iterable(rule.topics for rule in rules))),
            assessment=self.book.assessment,
        )

    def _search(self, level: Code, tags: Iterable[Tag]) -> Needs:
        asked = [tag for tag in tags if level in self.book.asked_at[tag.facet]]
        return _needs([Tag(LEVEL_OF_CARE, level), *asked])


@cache
def load_guide(language: str = "en") -> Guide:
    """The guide in one language. Raises UnknownLanguageError, or ContentError naming the file at fault."""
    questions = read_questions(GUIDE / "questions.toml", language)
    return Guide(questions, read_rules(GUIDE / "rules.toml", language, questions))


def _kept(question: Question, raw: Sequence[str]) -> tuple[str, ...]:
    given = [choice for choice in question.choices if choice.code in raw]
    together = [choice for choice in given if question.multiple and not choice.alone]
    return tuple(choice.code for choice in together or given[:1])


def _fires(rule: Rule, answers: Answers) -> bool:
    holds = all(any(answer in answers for answer in line) for line in rule.when)
    return holds and not any(answer in answers for answer in rule.unless)


def _needs(tags: Iterable[Tag]) -> Needs:
    codes: dict[Facet, set[Code]] = {}
    for tag in tags:
        codes.setdefault(tag.facet, set()).add(tag.code)
    return MappingProxyType({facet: frozenset(chosen) for facet, chosen in codes.items()})
