"""Two listings of one place are compared, made one, told apart, and brought back."""

import pytest
from sqlalchemy.orm import Session

from finder.domain.account import Role, Scope
from finder.domain.duplicates import Decision
from finder.domain.listing import Status
from finder.domain.phone import Phone
from finder.listings import Change, amend, moved_to
from finder.models import Account, DuplicatePair, Merge, Provider
from tests.factories import a_provider, tags
from tests.queues import a_pair, queries_of
from tests.saved import bytes_of, facts_of
from tests.staff import START, StaffClient, an_account


@pytest.fixture
def eve(session: Session, staff: StaffClient) -> Account:
    """An editor of Illinois, signed in."""
    account = an_account(session, Role.EDITOR, Scope(state="IL"))
    staff.sign_in(account)
    return account


@pytest.fixture
def houses(session: Session) -> list[Provider]:
    """Two listings of one place, with other numbers, services and fees."""
    made = [
        a_provider(session, name="Harbor House", address_1="1 Elm Street", phones=(Phone("+13125550101"),)),
        a_provider(
            session,
            name="Harbor House Inc",
            address_1="1 Elm St",
            phones=(Phone("+13125550102"),),
            tags=tags("level_of_care:detox"),
            fees="Sliding",
        ),
    ]
    session.commit()
    return made


@pytest.fixture
def pair(session: Session, houses: list[Provider]) -> int:
    """The number of their pair."""
    made = a_pair(session, *houses)
    session.commit()
    return made.id


def merge(staff: StaffClient, pair: int, *, expect: int = 303, **fields: str) -> str:
    """Send the form as it was shown, with these choices; gives the page, if one comes."""
    address = f"/admin/duplicates/{pair}"
    shown = {"kept": "first", "version-first": "1", "version-second": "1"}
    return staff.send(f"{address}/merge", form_on=address, expect=expect, **(shown | fields)).text


def facts_now(session: Session, listing: Provider) -> dict[str, object]:
    """What the listing says, as it is saved."""
    session.rollback()
    return facts_of(session, listing.id)


@pytest.mark.usefixtures("eve")
def test_pairs_are_found_now_and_stand_most_alike_first_with_the_reasons(
    staff: StaffClient, session: Session, houses: list[Provider]
) -> None:
    a_provider(session, name="Lakeview", address_1="7 Oak Street", postal_code="60614", phones=(Phone("+13125550109"),))
    elsewhere = {"state": "VT", "city": "Burlington", "postal_code": "05401", "phones": (Phone("+18025550100"),)}
    for _ in range(2):
        a_provider(session, name="Maple House", address_1="2 Main Street", **elsewhere)
    session.commit()

    staff.send("/admin/duplicates/find", form_on="/admin/duplicates")
    page = staff.get("/admin/duplicates").text

    assert "2 pairs wait for a decision." in page
    assert all(each.name in page for each in houses)
    assert "of 100 alike" in page
    assert "same address" in page
    assert "Lakeview" not in page
    assert "Maple House" not in page


@pytest.mark.usefixtures("eve")
def test_only_what_differs_needs_a_choice(staff: StaffClient, pair: int) -> None:
    page = staff.get(f"/admin/duplicates/{pair}").text

    assert 'name="fact-fees" value="second" checked' in page  # the other says nothing of them
    assert 'name="fact-phones" value="both"' in page
    assert "fact-website" not in page
    assert "fact-organization" not in page


@pytest.mark.usefixtures("eve")
def test_the_merged_listing_says_what_was_chosen_and_the_other_leads_to_it(
    staff: StaffClient, session: Session, houses: list[Provider], pair: int
) -> None:
    choices = {"fact-phones": "both", "fact-tags": "second", "fact-fees": "second", "kept": "second"}
    choices |= {"fact-name": "first"}
    preview = merge(staff, pair, expect=200, preview="1", **choices)
    assert "312-555-0101" in preview.split("The merged listing would say")[1]
    assert facts_now(session, houses[0])["status"] is Status.PUBLISHED

    merge(staff, pair, **choices)

    kept = facts_now(session, houses[1])
    assert kept["phones"] == (Phone("+13125550102"), Phone("+13125550101"))
    assert (kept["name"], kept["fees"]) == ("Harbor House", "Sliding")
    assert kept["address_1"] == "1 Elm St"
    assert moved_to(session, houses[0].slug) == houses[1].slug
    assert "No pair waits here" in staff.get("/admin/duplicates").text


@pytest.mark.usefixtures("eve")
def test_a_merge_is_taken_back_but_for_what_changed_since(
    staff: StaffClient, session: Session, houses: list[Provider], pair: int
) -> None:
    before = [bytes_of(session, each.id) for each in houses]
    merge(staff, pair, **{"fact-phones": "second", "fact-fees": "second"})
    session.rollback()
    (made,) = session.query(Merge).all()
    staff.send(f"/admin/merges/{made.id}/undo", form_on="/admin/merges")
    session.rollback()
    assert [bytes_of(session, each.id) for each in houses] == before

    merge(staff, pair, **{"version-first": "3", "version-second": "3", "fact-phones": "both", "fact-fees": "second"})
    session.rollback()
    amend(session, {houses[0].id: {"fees": "Free"}}, Change(by="bob@county.example", at=START))
    session.commit()
    newest = max(session.query(Merge).all(), key=lambda each: each.id)
    staff.send(f"/admin/merges/{newest.id}/undo", form_on="/admin/merges")

    page = staff.get("/admin/merges").text
    assert "changed again since, and stays as it is now: Fees." in page
    assert page.count("Taken back on") == 2
    assert facts_now(session, houses[0])["fees"] == "Free"
    staff.send(f"/admin/merges/{newest.id}/undo", form_on="/admin/duplicates")
    assert "taken back already" in staff.get("/admin/merges").text


@pytest.mark.usefixtures("eve")
def test_two_places_never_come_back_as_a_pair(
    staff: StaffClient, session: Session, houses: list[Provider], pair: int
) -> None:
    staff.send(f"/admin/duplicates/{pair}/decide", form_on=f"/admin/duplicates/{pair}")
    staff.send("/admin/duplicates/find", form_on="/admin/duplicates")

    assert "No pair waits here" in staff.get("/admin/duplicates").text
    session.rollback()
    assert session.get_one(DuplicatePair, pair).decision is Decision.NOT_THE_SAME
    assert "two places" in staff.get(f"/admin/duplicates/{pair}").text
    staff.send(f"/admin/duplicates/{pair}/decide", form_on=f"/admin/duplicates/{pair}", open="1")
    assert houses[0].name in staff.get("/admin/duplicates").text


@pytest.mark.usefixtures("eve")
def test_a_merge_never_overwrites_what_somebody_else_changed(
    staff: StaffClient, session: Session, houses: list[Provider], pair: int
) -> None:
    amend(session, {houses[1].id: {"fees": "Free"}}, Change(by="bob@county.example", at=START))
    session.commit()

    page = merge(staff, pair, expect=409, **{"fact-phones": "second"})

    assert "was “Sliding”, is now “Free”" in page
    assert 'name="version-second" value="2"' in page
    assert 'name="fact-phones" value="second" checked' in page
    assert facts_now(session, houses[1])["status"] is Status.PUBLISHED


@pytest.mark.usefixtures("eve")
def test_choices_that_can_not_be_are_refused(staff: StaffClient, pair: int) -> None:
    for wrong in (
        {"kept": "both"},
        {"fact-fees": "both"},
        {"fact-phones": "x"},
        {"version-first": "9"},
        {"version-second": ""},
        {"version-second": "9" * 40},
    ):
        merge(staff, pair, expect=400, **wrong)


@pytest.mark.usefixtures("eve")
def test_who_edits_one_of_the_two_may_tell_them_apart_but_not_merge(
    staff: StaffClient, session: Session, houses: list[Provider]
) -> None:
    abroad = a_provider(session, name="Harbor House West", state="WI")
    pair = a_pair(session, houses[0], abroad)
    session.commit()

    assert "may edit both" in staff.get(f"/admin/duplicates/{pair.id}").text
    merge(staff, pair.id, expect=403)
    staff.send(f"/admin/duplicates/{pair.id}/decide", form_on=f"/admin/duplicates/{pair.id}")


@pytest.mark.usefixtures("eve")
def test_pages_take_as_many_queries_for_one_pair_as_for_many(
    staff: StaffClient, session: Session, houses: list[Provider], pair: int
) -> None:
    addresses = ("/admin/duplicates", f"/admin/duplicates/{pair}", "/admin/merges")
    before = [queries_of(staff, address) for address in addresses]
    for _ in range(4):
        a_pair(session, houses[0], a_provider(session))
    session.commit()

    assert [queries_of(staff, address) for address in addresses] == before
