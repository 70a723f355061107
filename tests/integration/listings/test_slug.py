"""Addresses of listings are unique and never change."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.listings import save_all
from finder.models import Provider
from tests.factories import A_CHANGE, a_draft, a_provider, a_source


def slugs(session: Session) -> list[str]:
    return list(session.scalars(select(Provider.slug).order_by(Provider.id)))


def test_an_address_is_read_from_name_city_and_state(session: Session) -> None:
    assert a_provider(session, name="Lakeview", city="Chicago", state="IL").slug == "lakeview-chicago-il"


def test_places_of_the_same_name_in_one_city_have_addresses_of_their_own(session: Session) -> None:
    a_source(session)
    save_all(session, [a_draft(name="Lakeview") for _ in range(3)], A_CHANGE)
    a_provider(session, name="Lakeview")

    found = slugs(session)

    assert len(set(found)) == 4
    assert found[0] == "lakeview-chicago-il"
    assert all(slug.startswith("lakeview-chicago-il-") for slug in found[1:])


def test_a_link_to_a_listing_still_works_after_it_is_renamed(session: Session) -> None:
    before = a_provider(session, source_ref="a", name="Lakeview").slug

    save_all(session, [a_draft(source_ref="a", name="Another name")], A_CHANGE)

    assert slugs(session) == [before]
