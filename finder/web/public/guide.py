"""The guide: a question a page, then where to start. The answers live in the form alone, to and fro."""

from collections.abc import Iterator

from flask import render_template, request

from finder.domain.vocabulary import LEVEL_OF_CARE, FacetTerms, Term
from finder.orientation.guide import Answers, Guide, Needs, load_guide
from finder.orientation.guide_content import Question
from finder.orientation.topics import load_topics
from finder.web.languages import language
from finder.web.public import blueprint
from finder.web.public.forms import SearchForm
from finder.web.wording import words

_NOTHING = Answers({})


@blueprint.get("/guide")
def guide() -> str:
    """What the guide is, and its first question."""
    asking = load_guide(language())
    return _question_page(asking, asking.questions[0], _NOTHING)


@blueprint.post("/guide")
def guide_answered() -> str:
    """The next question, or where to start. The form's ``asked`` is the question it held, ``go`` the way from there."""
    asking = load_guide(language())
    asked = next((question for question in asking.questions if question.key == request.form.get("asked")), None)
    go = request.form.get("go")
    answers = asking.answers(_given(asked, skipped=go == "skip"))
    question = _following(asking, asked, go)
    return _question_page(asking, question, answers) if question else _suggestion_page(asking, answers)


def _given(asked: Question | None, *, skipped: bool) -> dict[str, list[str]]:
    """The answers in the form. The answer just tapped stands after the one kept from before, and replaces it."""
    given = request.form.to_dict(flat=False)
    if asked and skipped:
        given.pop(asked.key, None)
    elif asked and not asked.multiple:
        given[asked.key] = given.get(asked.key, [])[-1:]
    return given


def _following(asking: Guide, asked: Question | None, go: str | None) -> Question | None:
    """The question to show; None for the suggestion, from where the way back leads to the last question."""
    if go == "suggest":
        return None
    if go == "back":
        place = asking.questions.index(asked) if asked else len(asking.questions)
        return asking.questions[max(place - 1, 0)]
    return asking.next_question(asked.key if asked else None)


def _question_page(asking: Guide, question: Question, answers: Answers) -> str:
    return render_template(
        "public/guide.html",
        question=question,
        number=asking.questions.index(question) + 1,
        total=len(asking.questions),
        chosen=answers.chosen.get(question.key, ()),
        # The boxes of a question with several answers hold its own.
        kept=[(key, code) for key, code in _pairs(answers) if key != question.key or not question.multiple],
        danger=_danger(asking, answers),
    )


def _suggestion_page(asking: Guide, answers: Answers) -> str:
    suggestion = asking.suggestion(answers)
    danger = _danger(asking, answers)
    topics = {topic.slug: topic for topic in load_topics(language())}
    return render_template(
        "public/guide_result.html",
        suggestion=suggestion,
        danger=danger,
        safety=[line for line in suggestion.safety if line not in danger],
        levels=[words().term(LEVEL_OF_CARE, level) for level in suggestion.levels],
        needs=_chosen(suggestion.searches[suggestion.levels[0]]),
        to_read=[topics[slug] for slug in suggestion.topics],
        form=SearchForm(),
        kept=list(_pairs(answers)),
    )


def _danger(asking: Guide, answers: Answers) -> tuple[str, ...]:
    """What to do before anything else, by the first question, which asks about danger; else nothing."""
    first = asking.questions[0].key
    alone = asking.suggestion(Answers({first: answers.chosen.get(first, ())}))
    return alone.safety if alone.urgent else ()


def _chosen(needs: Needs) -> list[tuple[FacetTerms, list[Term]]]:
    """What a search asks for, facet by facet, in the order of the filters."""
    return [
        (terms, [term for term in terms.terms if term.code in needs[terms.facet]])
        for terms in words().facets
        if terms.facet in needs
    ]


def _pairs(answers: Answers) -> Iterator[tuple[str, str]]:
    return ((key, code) for key, codes in answers.chosen.items() for code in codes)
