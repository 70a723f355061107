"""Which of two listings is kept, and whose facts the merged one has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from finder.domain.listing import Status
from finder.listings.history import as_json
from finder.listings.merge import CHOOSABLE, Side
from finder.listings.stored import Stored
from finder.listings.undo import facts_together
from finder.web.admin.facts import fact_label, fact_words
from finder.web.languages import gettext

FIRST, SECOND, BOTH = "first", "second", "both"
_LISTS = frozenset({"phones", "tags", "schedules"})
_ADDRESS = "address_1"
_NOTHING: tuple[Any, ...] = (None, "", (), frozenset())


@dataclass(frozen=True, slots=True)
class Difference:
    """Facts that go together and differ: what each listing says, and whose was chosen."""

    field: str
    label: str
    first: list[str]
    second: list[str]
    may_be_both: bool
    chosen: str


class MergeForm:
    """The choices, by listing: so they mean the same whichever of the two is kept."""

    def __init__(self, first: Stored, second: Stored, typed: Mapping[str, str] | None = None) -> None:
        self._stored = {FIRST: first, SECOND: second}
        self._typed = typed or {}
        usual = FIRST if _worth(first) >= _worth(second) else SECOND
        self.kept = self._typed.get("kept", usual)
        self.versions = {side: self._version(side) for side in (FIRST, SECOND)}

    def is_valid(self) -> bool:
        """Whether each choice is one that there is."""
        chosen_well = all(
            each.chosen in ({FIRST, SECOND, BOTH} if each.may_be_both else {FIRST, SECOND})
            for each in self.differences()
        )
        return chosen_well and self.kept in {FIRST, SECOND}

    def pair(self) -> tuple[Stored, Stored]:
        """The kept listing, and the other one; only of a valid form."""
        return self._stored[self.kept], self._stored[SECOND if self.kept == FIRST else FIRST]

    def choices(self) -> dict[str, Side]:
        """The choices as `finder.listings.merge` wants them; only of a valid form."""
        sides = {BOTH: Side.BOTH, self.kept: Side.KEPT}
        return {each.field: sides.get(each.chosen, Side.OTHER) for each in self.differences()}

    def differences(self) -> list[Difference]:
        """The facts in which the two differ, and that somebody must choose."""
        groups = [tuple(name for name in names if name in CHOOSABLE) for names in facts_together()]
        return [self._difference(names) for names in groups if any(self._differ(name) for name in names)]

    def _difference(self, names: tuple[str, ...]) -> Difference:
        field = names[0]
        label = gettext("Address and position") if field == _ADDRESS else ", ".join(map(fact_label, names))
        return Difference(
            field=field,
            label=label,
            first=self._words(FIRST, names),
            second=self._words(SECOND, names),
            may_be_both=field in _LISTS,
            chosen=self._typed.get(f"fact-{field}", self._usual(names)),
        )

    def _usual(self, names: tuple[str, ...]) -> str:
        """The facts of the listing that is kept; those of the other where it says nothing."""
        other = SECOND if self.kept == FIRST else FIRST
        facts = self._stored[self.kept if self.kept in self._stored else FIRST].facts
        return other if all(facts[name] in _NOTHING for name in names) else self.kept

    def _differ(self, name: str) -> bool:
        return bool(self._stored[FIRST].facts[name] != self._stored[SECOND].facts[name])

    def _words(self, side: str, names: tuple[str, ...]) -> list[str]:
        facts = self._stored[side].facts
        said = [name for name in names if facts[name] not in _NOTHING]
        if names[0] in _LISTS:
            return [line for name in said for line in fact_words(name, as_json(facts[name])).split("; ")]
        if len(names) == 1:
            return [fact_words(name, as_json(facts[name])) for name in names]
        return [f"{fact_label(name)}: {fact_words(name, as_json(facts[name]))}" for name in said]

    def _version(self, side: str) -> int:
        typed = self._typed.get(f"version-{side}", "")
        if not self._typed:
            return self._stored[side].version
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _worth(stored: Stored) -> tuple[Any, ...]:
    """What makes a listing the one to keep: the public sees it, it was checked later, it is older."""
    checked = stored.facts["verified_on"]
    return stored.facts["status"] is Status.PUBLISHED, checked.toordinal() if checked else 0, -stored.id
