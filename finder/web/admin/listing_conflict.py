"""Two people edited one listing at once: what each changed, fact by fact, and one listing out of both."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from finder.listings.collision import Difference, Whose, differences, united
from finder.listings.history import as_json
from finder.listings.stored import Stored
from finder.models import Provider
from finder.web.admin.facts import fact_label, fact_words
from finder.web.admin.history import Shown, changed_since
from finder.web.admin.listing_form.form import ListingForm, Pressed
from finder.web.admin.listing_form.part import Facts

_NOT_CARRIED = {"csrf_token", "against", "press"}
_CHOICE = "choice-"


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact as it was, as it is now, and as I typed it, in words."""

    label: str
    before: str
    theirs: str
    mine: str


class Collision:
    """What I typed, beside what the listing says by now."""

    def __init__(self, form: ListingForm, stored: Stored, mine: Facts) -> None:
        self.form, self.stored, self.mine = form, stored, mine
        self.differences = differences(form.before, stored.facts, mine)

    @property
    def is_settled(self) -> bool:
        """Whether somebody has seen all differences, and chosen wherever both changed something."""
        has_seen = request.form.get("against", type=int) == self.stored.version
        return not self.differences or (has_seen and not self.undecided)

    @cached_property
    def undecided(self) -> list[Difference]:
        """What both changed, and nobody has chosen yet."""
        return [each for each in self.of(Whose.BOTH) if self.choice(each) not in {Whose.MINE, Whose.THEIRS}]

    def of(self, whose: Whose) -> list[Difference]:
        """What one or both of us changed."""
        return [each for each in self.differences if each.whose is whose]

    def choice(self, difference: Difference) -> str:
        """Whose facts were chosen; empty where nobody has."""
        return request.form.get(_CHOICE + difference.key, "")

    def settled(self) -> dict[str, Any]:
        """One listing out of both."""
        chosen = [each.key for each in self.of(Whose.BOTH) if self.choice(each) == Whose.MINE]
        return united(self.form.before, self.stored.facts, self.mine, chosen)

    def rows(self, difference: Difference) -> Iterator[FactRow]:
        """The facts of a difference in words."""
        for name in difference.names:
            told = (self.form.before[name], self.stored.facts[name], self.mine[name])
            yield FactRow(fact_label(name), *(fact_words(name, as_json(fact)) for fact in told))

    def changes(self) -> list[Shown]:
        """What others changed since the form was opened, newest first."""
        return changed_since(self.stored.id, self.form.version)


def conflict_page(listing: Provider, collision: Collision, pressed: Pressed) -> ResponseReturnValue:
    """The page that shows both and asks; all that was typed travels with it."""
    kept = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in _NOT_CARRIED and not name.startswith(_CHOICE)
    ]
    asked = "against" in request.form and request.form.get("against", type=int) == collision.stored.version
    page = render_template(
        "admin/listing_conflict.html",
        listing=listing,
        collision=collision,
        whose=Whose,
        pressed=pressed,
        kept=kept,
        must_choose=asked and bool(collision.undecided),
    )
    return page, HTTPStatus.CONFLICT
