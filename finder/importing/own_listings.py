"""How the listings of a source stand during an import: which of them its file tells of, and in which state they are."""

from collections import Counter
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.listings.planning import Planned
from finder.models import Provider

_DATES = frozenset({"verified_on", "review_due_on"})


class OwnListings:
    """The listings that a source owns, as they are before an import and as it goes on; one query."""

    def __init__(self, session: Session, source: str, told_of: Collection[int]) -> None:
        """``told_of`` are the row ids of listings that the file has by a known name."""
        own = select(Provider.id, Provider.status, Provider.review_reason).where(Provider.source_key == source)
        self._states: dict[int, tuple[Status, str]] = {
            id_: (status, reason) for id_, status, reason in session.execute(own.order_by(Provider.id))
        }
        self._told_of = set(told_of) & self._states.keys()
        self._new: Counter[tuple[Status, str]] = Counter()
        self.before = sum(status is not Status.RETIRED for status, _ in self._states.values())
        self.changed = 0
        """How many of them say something else, in more than the day of their facts."""

    def note(self, planned: Planned) -> None:
        """Note what becomes of a listing."""
        if planned.is_of_another_source:
            return
        state = planned.facts["status"], planned.facts["review_reason"]
        if planned.stored is None:
            self._new[state] += 1
            return
        before = planned.stored.facts
        self.changed += any(before[name] != fact for name, fact in planned.facts.items() if name not in _DATES)
        self._told_of.add(planned.stored.id)
        self._states[planned.stored.id] = state

    @property
    def retired_in_file(self) -> frozenset[int]:
        """Those that are retired although the file has them."""
        return frozenset(id_ for id_ in self._told_of if self._states[id_][0] is Status.RETIRED)

    def bring_back(self, states: Mapping[int, Status]) -> None:
        """Note that retired ones get their former states."""
        for id_, status in states.items():
            self._states[id_] = status, self._states[id_][1]

    @property
    def gone(self) -> list[int]:
        """Those that the file lacks and that aren't retired."""
        return [id_ for id_, (status, _) in self._states.items() if self._lacks(id_) and status is not Status.RETIRED]

    def in_review(self) -> Counter[str]:
        """How many that the file has wait for a review, by reason."""
        waiting: Counter[str] = Counter()
        for (status, reason), times in self._in_file().items():
            if status is Status.DRAFT:
                waiting[reason] += times
        return waiting

    @property
    def is_public(self) -> bool:
        """Whether anybody can see one that the file has."""
        return any(status is Status.PUBLISHED for status, _ in self._in_file())

    def _in_file(self) -> Counter[tuple[Status, str]]:
        return self._new + Counter(self._states[id_] for id_ in sorted(self._told_of))

    def _lacks(self, id_: int) -> bool:
        return id_ not in self._told_of
