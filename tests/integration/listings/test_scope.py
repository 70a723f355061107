"""The condition of a query finds the listings that a person is in charge of, no more and no less."""

from itertools import product

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.account import EVERYWHERE, Action, Actor, Role, Scope, in_charge_of, may
from finder.listings.scope import within
from finder.models import Provider
from tests.factories import a_provider

SCOPES = (
    EVERYWHERE,
    Scope(state="IL"),
    Scope(state="WI"),
    Scope(state="IL", county="Cook County"),
    Scope(state="IL", county="Kane County"),
    Scope(organization_id=1),
    Scope(state="WI", organization_id=1),
)


def test_the_query_finds_what_each_scope_covers(session: Session) -> None:
    places = product((("IL", "Cook County"), ("IL", "Kane County"), ("WI", "Kane County")), ("Lakeview", "Harbor", ""))
    listings = [a_provider(session, state=state, county=county, organization=org) for (state, county), org in places]

    for scope in SCOPES:
        found = set(session.scalars(select(Provider.id).where(within({scope}))))
        assert found == {listing.id for listing in listings if scope.covers(listing)}
        assert found


def test_who_is_in_charge_of_nothing_finds_nothing(session: Session) -> None:
    a_provider(session)

    assert session.scalars(select(Provider.id).where(within(()))).all() == []


def test_what_somebody_finds_is_what_they_may_do_something_to(session: Session) -> None:
    listings = [a_provider(session, state=state) for state in ("IL", "WI")]

    for role, action, scopes in product(Role, Action, [(), (EVERYWHERE,), (Scope(state="IL"), Scope(state="WY"))]):
        actor = Actor(role, scopes)
        found = set(session.scalars(select(Provider.id).where(within(in_charge_of(actor, action)))))
        allowed = {listing.id for listing in listings if may(actor, action, listing)}
        if action not in {Action.IMPORT, Action.SETTINGS, Action.USERS}:
            assert found == allowed
