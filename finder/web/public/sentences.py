"""A search and its answer in sentences."""

from collections.abc import Sequence

from babel.dates import format_timedelta

from finder.domain.vocabulary import LEVEL_OF_CARE, Code, Facet
from finder.places import gazetteer
from finder.search import Criteria, Hit, Relaxation, RelaxationKind, Results
from finder.web.directory import current_directory
from finder.web.languages import gettext, language, lazy_gettext, ngettext
from finder.web.wording import words

_DROPPED = (
    RelaxationKind.TEXT,
    RelaxationKind.OPEN_NOW,
    RelaxationKind.MEETING,
    RelaxationKind.AVAILABLE,
    RelaxationKind.NEED,
)
_MOMENTS = {
    RelaxationKind.OPEN_NOW: lazy_gettext("that it is open now"),
    RelaxationKind.MEETING: lazy_gettext("the day and time of a meeting"),
    RelaxationKind.AVAILABLE: lazy_gettext("that it takes new people"),
}


def searched_sentence(asked: Criteria, place_label: str) -> str:
    """What was asked, as a heading: "Detox or Outpatient near Chicago, IL 60601", "Help in Cook County, IL"."""
    kinds = _either(LEVEL_OF_CARE, asked.needs.get(LEVEL_OF_CARE, frozenset())) or gettext("Help")
    if asked.near:
        return gettext("%(kinds)s near %(place)s", kinds=kinds, place=place_label)
    return gettext("%(kinds)s in %(place)s", kinds=kinds, place=place_label)


def count_sentence(results: Results) -> str:
    """How many there are, and in what area: "37 places within 25 miles"."""
    where, total = _area(results.criteria), results.total
    if not total:
        return gettext("No places %(where)s", where=where)
    return ngettext("1 place %(where)s", "%(count)s places %(where)s", total, count=f"{total:,}", where=where)


def title_sentence(results: Results, heading: str) -> str:
    """The heading with the count of places and, beyond the first, the page."""
    total, page = results.total, results.page
    told = ngettext("%(heading)s: 1 place", "%(heading)s: %(count)s places", total, heading=heading, count=f"{total:,}")
    return told if page == 1 else gettext("%(title)s, page %(page)s", title=told, page=page)


def widened_sentences(results: Results) -> list[str]:
    """What was asked less strictly, in a sentence, and another, said loudest, for a need that is there for safety."""
    if not results.relaxed:
        return []
    steps = {kind: [step for step in results.relaxed if step.kind is kind] for kind in RelaxationKind}
    dropped = _and([need_words(step) for kind in _DROPPED for step in steps[kind]])
    where = _area(results.asked)
    wider = _wider(results.criteria) if steps[RelaxationKind.RADIUS] or steps[RelaxationKind.STATE] else ""
    if wider and dropped:
        told = gettext(
            "Few places match all that you asked for %(where)s, so we looked %(wider)s and left out %(needs)s.",
            where=where,
            wider=wider,
            needs=dropped,
        )
    elif wider:
        told = gettext(
            "Few places match all that you asked for %(where)s, so we looked %(wider)s.", where=where, wider=wider
        )
    else:
        told = gettext(
            "Few places match all that you asked for %(where)s, so we left out %(needs)s.", where=where, needs=dropped
        )
    return [_safety_warning(step) for step in steps[RelaxationKind.NEED] if step.safety] + [told]


def unmapped_sentence(unmapped: int) -> str:
    """How many more there are whose place on the map isn't known."""
    return ngettext(
        "1 more place has no mapped location.",
        "%(count)s more places have no mapped location.",
        unmapped,
        count=f"{unmapped:,}",
    )


def out_of_reach_sentences() -> list[str]:
    """Of when the places are, in a sentence, while the directory's database can't be reached."""
    directory = current_directory()
    since = directory.out_of_reach_since
    if since is None:
        return []
    age = format_timedelta(directory.now() - since, locale=language())
    told = gettext("We can't reach the directory right now. These places are as of %(age)s ago.", age=age)
    return [f"{told} {gettext('Call before you go.')}"]


def needs_of(asked: Criteria) -> int:
    """How many needs a search has: facets with a choice, words, times and room."""
    others = (asked.text, asked.open_now, asked.meeting, asked.available)
    return sum(map(bool, asked.needs.values())) + sum(map(bool, others))


def met_sentence(hit: Hit, needs: int) -> str:
    """How many of a widened search's needs a place meets, and which it doesn't."""
    if not hit.missing:
        return gettext("Meets all that you asked for.")
    return gettext(
        "Meets %(met)s of your %(needs)s needs. Not listed here: %(missing)s.",
        met=needs - len(hit.missing),
        needs=needs,
        missing=_and([need_words(step) for step in hit.missing]),
    )


def need_words(step: Relaxation) -> str:
    """A need that was given up: "“Ways to pay: Medicaid”", "that it is open now"."""
    if step.kind is RelaxationKind.TEXT:
        return gettext("your words “%(words)s”", words=step.before)
    if step.facet is None:
        return str(_MOMENTS[step.kind])
    label = words().facet(step.facet).label(language())
    return gettext("“%(facet)s: %(choices)s”", facet=label, choices=_before(step))


def _area(criteria: Criteria) -> str:
    if criteria.county:
        return gettext("in %(area)s", area=criteria.county)
    if criteria.state:
        return gettext("in %(area)s", area=_state_name(criteria.state))
    if criteria.radius_miles:
        return gettext("within %(miles)s miles", miles=f"{criteria.radius_miles:g}")
    return gettext("at any distance")


def _wider(criteria: Criteria) -> str:
    return gettext("in all of %(area)s", area=_state_name(criteria.state)) if criteria.state else _area(criteria)


def _safety_warning(step: Relaxation) -> str:
    return gettext("Important: these places may not offer “%(need)s”. Call and ask before you go.", need=_before(step))


def _before(step: Relaxation) -> str:
    codes = step.before if isinstance(step.before, frozenset) else frozenset()
    return _either(step.facet or LEVEL_OF_CARE, codes)


def _either(facet: Facet, codes: frozenset[Code]) -> str:
    labels = [term.label(language()) for term in words().facet(facet).terms if term.code in codes] if codes else []
    if len(labels) < 2:
        return "".join(labels)
    return gettext("%(first)s or %(last)s", first=", ".join(labels[:-1]), last=labels[-1])


def _and(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return gettext("%(first)s and %(last)s", first=", ".join(parts[:-1]), last=parts[-1])


def _state_name(code: str) -> str:
    found = gazetteer().find(code).places
    return found[0].label if found else code
