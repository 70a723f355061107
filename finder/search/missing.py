"""What a listing of a widened search lacks of what was asked at first."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from finder.search.criteria import Criteria
from finder.search.matching import matching
from finder.search.moment import at_moment
from finder.search.results import Relaxation, RelaxationKind
from finder.search.snapshot import Snapshot

_PLACES = {RelaxationKind.RADIUS, RelaxationKind.STATE}


def missing(
    snapshot: Snapshot, criteria: Criteria, relaxed: Sequence[Relaxation], ids: Sequence[int], now: dt.datetime
) -> Mapping[int, tuple[Relaxation, ...]]:
    """Of each listing, which all match ``criteria``, the needs that were given up and that it doesn't meet.

    A place is no need: a listing that lies farther away lacks nothing of the kind.
    """
    given_up = [step for step in relaxed if step.kind not in _PLACES]
    meeting = [(step, set(_ids(snapshot, _with_again(criteria, step), now).tolist())) for step in given_up]
    return {id_: tuple(step for step, met in meeting if id_ not in met) for id_ in ids} if meeting else {}


def _with_again(criteria: Criteria, step: Relaxation) -> Criteria:
    if step.facet is not None and isinstance(step.before, frozenset):
        return replace(criteria, needs={**criteria.needs, step.facet: step.before})
    again: dict[str, object] = {step.kind.value: step.before}
    return replace(criteria, **again)  # type: ignore[arg-type] # such a kind is the name of its field, which it was in


def _ids(snapshot: Snapshot, criteria: Criteria, now: dt.datetime) -> NDArray[np.int64]:
    parts = at_moment(snapshot, criteria, now).parts
    found = [part.segment.ids[matches.rows] for part in parts for matches in matching(part, criteria)]
    return np.concatenate([np.empty(0, dtype=np.int64), *found])
