"""One listing out of what two people changed at the same time."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from finder.domain.geo import Point
from finder.listings.collision import Difference, Whose, differences, united
from finder.listings.undo import facts_together
from tests.factories import a_draft, tags
from tests.strategies import drafts

FACTS = drafts().map(lambda draft: draft.facts())


def facts(**changes: Any) -> dict[str, Any]:
    usual = {"name": "Harbor House", "address_1": "5 Example Street", "source_ref": "harbor"}
    return a_draft(**usual | changes).facts()


def test_what_only_one_changed_is_taken_and_what_both_did_is_asked() -> None:
    theirs, mine = facts(name="Harbor Hall", fees="Free"), facts(name="Harbor Home", alert="Moved")

    found = differences(facts(), theirs, mine)

    assert found == (
        Difference("name", ("name",), Whose.BOTH),
        Difference("fees", ("fees",), Whose.THEIRS),
        Difference("alert", ("alert",), Whose.MINE),
    )
    assert united(facts(), theirs, mine, []) == {**theirs, "alert": "Moved"}
    assert united(facts(), theirs, mine, ["name"]) == {**theirs, "alert": "Moved", "name": "Harbor Home"}


def test_an_address_is_never_mixed_with_the_position_of_another() -> None:
    theirs, mine = facts(point=Point(41.9, -87.7)), facts(address_1="7 Main Street")

    (found,) = differences(facts(), theirs, mine)

    assert (found.whose, set(found.names)) == (Whose.BOTH, {"address_1", "point"})
    assert united(facts(), theirs, mine, [found.key]) == mine


def test_each_tag_is_a_fact_of_its_own() -> None:
    before = facts(tags=tags("payment:medicaid", "payment:medicare"))
    theirs, mine = facts(tags=tags("payment:medicare", "language:spanish")), facts(tags=tags("payment:medicaid"))

    assert united(before, theirs, mine, [])["tags"] == tags("language:spanish")


@settings(max_examples=50)
@given(
    before=FACTS, theirs=FACTS, mine=FACTS, chosen=st.sets(st.sampled_from([names[0] for names in facts_together()]))
)
def test_every_fact_is_one_that_somebody_wrote_and_goes_with_its_own(
    before: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any], chosen: set[str]
) -> None:
    after = united(before, theirs, mine, chosen)

    for names in facts_together():
        if names != ("tags",):
            told = [after[name] for name in names]
            assert told in ([theirs[name] for name in names], [mine[name] for name in names])
    assert before["tags"] & theirs["tags"] & mine["tags"] <= after["tags"] <= theirs["tags"] | mine["tags"]
    assert united(before, before, mine, []) == mine
    assert united(before, theirs, before, chosen) == theirs
