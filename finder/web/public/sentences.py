"""A search and its answer in sentences."""

from collections.abc import Iterable

from finder.domain.vocabulary import LEVEL_OF_CARE, Code, Facet, vocabulary
from finder.places import gazetteer
from finder.search import Criteria, Relaxation, RelaxationKind, Results

_DROPPED = (
    RelaxationKind.TEXT,
    RelaxationKind.OPEN_NOW,
    RelaxationKind.MEETING,
    RelaxationKind.AVAILABLE,
    RelaxationKind.NEED,
)
_TIMES = {
    RelaxationKind.OPEN_NOW: "that it is open now",
    RelaxationKind.MEETING: "the day and time",
    RelaxationKind.AVAILABLE: "that it takes new people",
}


def searched_sentence(asked: Criteria, place_label: str) -> str:
    """What was asked, as a heading: "Detox or Outpatient near Chicago, IL 60601", "Help in Cook County, IL"."""
    kinds = _labels(LEVEL_OF_CARE, asked.needs.get(LEVEL_OF_CARE, ())) or "Help"
    return f"{kinds} {'near' if asked.near else 'in'} {place_label}"


def count_sentence(results: Results) -> str:
    """How many there are, and in what area: "37 places within 25 miles"."""
    number = {0: "No places", 1: "1 place"}.get(results.total, f"{results.total:,} places")
    return f"{number} {_area(results.criteria)}".strip()


def widened_sentences(results: Results) -> list[str]:
    """What was asked less strictly, in a sentence, and another, said loudest, for a need that is there for safety."""
    if not results.relaxed:
        return []
    steps = {kind: [step for step in results.relaxed if step.kind is kind] for kind in RelaxationKind}
    wider = _wider(results.criteria) if steps[RelaxationKind.RADIUS] or steps[RelaxationKind.STATE] else ""
    dropped = [_dropped(step) for kind in _DROPPED for step in steps[kind]]
    without = f"we left out {_and(dropped)}" if dropped else ""
    steps_taken = _and([part for part in (wider, without) if part])
    told = f"Few places match all that you asked for {_area(results.asked)}, so {steps_taken}."
    return [_safety_warning(step) for step in steps[RelaxationKind.NEED] if step.safety] + [told]


def unmapped_sentence(unmapped: int) -> str:
    """How many more there are whose place on the map isn't known."""
    return (
        "1 more place has no mapped location."
        if unmapped == 1
        else f"{unmapped:,} more places have no mapped location."
    )


def _area(criteria: Criteria) -> str:
    if criteria.county:
        return f"in {criteria.county}"
    if criteria.state:
        return f"in {_state_name(criteria.state)}"
    return f"within {criteria.radius_miles:g} miles" if criteria.radius_miles else ""


def _wider(criteria: Criteria) -> str:
    if criteria.state:
        return f"we looked in all of {_state_name(criteria.state)}"
    return f"we looked {_area(criteria)}"


def _dropped(step: Relaxation) -> str:
    if step.kind is RelaxationKind.TEXT:
        return f"your words “{step.before}”"
    if step.facet is None:
        return _TIMES[step.kind]
    return f"“{vocabulary().facet(step.facet).label()}: {_labels(step.facet, step.before)}”"


def _safety_warning(step: Relaxation) -> str:
    facet = step.facet or LEVEL_OF_CARE
    return f"Important: these places may not offer “{_labels(facet, step.before)}”. Call and ask before you go."


def _labels(facet: Facet, codes: object) -> str:
    chosen = codes if isinstance(codes, Iterable) else ()
    return " or ".join(term.label() for term in vocabulary().facet(facet).terms if Code(term.code) in chosen)


def _and(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _state_name(code: str) -> str:
    found = gazetteer().find(code).places
    return found[0].label if found else code
