"""Who may do what to which listing."""

from dataclasses import dataclass
from itertools import product

import pytest

from finder.domain.account import EVERYWHERE, Action, Actor, Role, Scope, may, needs_scopes


@dataclass(frozen=True)
class Listing:
    """A place, as far as it matters here."""

    state: str = "IL"
    county: str = "Cook County"
    organization_id: int | None = 7


HERE = Listing()
MADISON = Listing(state="WI", county="Dane County", organization_id=8)
OF_NOBODY = Listing(state="", county="", organization_id=None)

WRITES = {Action.EDIT, Action.PUBLISH, Action.VERIFY, Action.RESOLVE}
IN_CHARGE_HERE = {
    Role.ADMINISTRATOR: set(Action),
    Role.EDITOR: {Action.VIEW} | WRITES,
    Role.REVIEWER: {Action.VIEW, Action.VERIFY, Action.RESOLVE},
    Role.REPRESENTATIVE: {Action.VIEW, Action.PROPOSE},
    Role.VIEWER: {Action.VIEW},
}
ELSEWHERE = {
    Role.ADMINISTRATOR: set(Action),
    Role.EDITOR: {Action.VIEW},
    Role.REVIEWER: {Action.VIEW},
    Role.REPRESENTATIVE: set(),
    Role.VIEWER: {Action.VIEW},
}


def actions(actor: Actor, listing: Listing) -> set[Action]:
    return {action for action in Action if may(actor, action, listing)}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    "scope",
    [
        Scope(state="IL"),
        Scope(state="IL", county="Cook County"),
        Scope(organization_id=7),
        Scope(state="IL", organization_id=7),
    ],
    ids=str,
)
def test_a_role_acts_in_its_scope_and_no_further(role: Role, scope: Scope) -> None:
    actor = Actor(role, [scope])

    assert actions(actor, HERE) == IN_CHARGE_HERE[role]
    assert actions(actor, MADISON) == ELSEWHERE[role]
    assert actions(actor, OF_NOBODY) == ELSEWHERE[role]


@pytest.mark.parametrize("role", Role)
def test_who_is_in_charge_of_everything_is_in_charge_of_each_listing(role: Role) -> None:
    actor = Actor(role, [EVERYWHERE])

    extra = {Action.IMPORT} if role is Role.EDITOR else set()
    for listing in (HERE, MADISON, OF_NOBODY):
        assert actions(actor, listing) == IN_CHARGE_HERE[role] | extra


@pytest.mark.parametrize("role", Role)
def test_who_is_in_charge_of_nothing_does_what_they_would_do_elsewhere(role: Role) -> None:
    assert actions(Actor(role), HERE) == ELSEWHERE[role]


def test_the_same_county_of_another_state_is_another_county() -> None:
    editor = Actor(Role.EDITOR, [Scope(state="MN", county="Cook County")])

    assert not may(editor, Action.EDIT, HERE)


def test_several_scopes_add_up() -> None:
    editor = Actor(Role.EDITOR, [Scope(state="WI"), Scope(organization_id=7)])

    assert may(editor, Action.EDIT, HERE)
    assert may(editor, Action.EDIT, MADISON)
    assert not may(editor, Action.EDIT, OF_NOBODY)


@pytest.mark.parametrize(("action", "role"), list(product([Action.SETTINGS, Action.USERS], Role)))
def test_only_administrators_change_settings_and_users(action: Action, role: Role) -> None:
    assert may(Actor(role, [EVERYWHERE]), action) == (role is Role.ADMINISTRATOR)


def test_an_import_may_touch_every_listing_and_so_is_for_who_is_in_charge_of_all() -> None:
    assert may(Actor(Role.EDITOR, [EVERYWHERE]), Action.IMPORT)
    assert not may(Actor(Role.EDITOR, [Scope(state="IL")]), Action.IMPORT)


def test_a_page_is_shown_to_who_may_do_there_anything_at_all() -> None:
    assert may(Actor(Role.EDITOR, [Scope(state="IL")]), Action.EDIT)
    assert not may(Actor(Role.EDITOR), Action.EDIT)


@pytest.mark.parametrize("role", Role)
def test_a_role_needs_scopes_if_they_give_it_anything_to_do(role: Role) -> None:
    assert needs_scopes(role) == (actions(Actor(role), HERE) != actions(Actor(role, [EVERYWHERE]), HERE))


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        (EVERYWHERE, "everywhere"),
        (Scope(state="IL"), "IL"),
        (Scope(state="IL", county="Cook County"), "Cook County, IL"),
        (Scope(organization_id=7), "organization 7"),
    ],
)
def test_a_scope_says_what_it_covers(scope: Scope, told: str) -> None:
    assert str(scope) == told
