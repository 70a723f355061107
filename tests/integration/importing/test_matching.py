"""Knowing a listing again that its source calls otherwise, or that another source has too."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.duplicates import Decision
from finder.domain.listing import Status
from finder.domain.phone import Phone
from finder.domain.schedule import Schedule
from finder.importing import Rules
from finder.listings import ListingDraft, amend, merge
from finder.listings.duplicates import decide
from finder.models import DuplicatePair, KnownAs, Provider, Source
from tests.factories import A_CHANGE, a_draft, a_source, tags
from tests.imports import told

PHONE, OTHER_PHONE = Phone("+13125550123"), Phone("+13125550188")


def a_house(ref: str, **changes: Any) -> ListingDraft:
    """One house, told by any source; ``changes`` are what is different."""
    usual = {"name": "Harbor House", "address_1": "100 North Example Street", "phones": (PHONE,)}
    return a_draft(source_ref=ref, **usual | changes)


def the_state_s(ref: str, **changes: Any) -> ListingDraft:
    return a_house(ref, source="state-list", **changes)


def listings(session: Session) -> list[Provider]:
    return list(session.scalars(select(Provider).order_by(Provider.id).execution_options(populate_existing=True)))


def names(session: Session) -> set[tuple[str, str]]:
    return set(session.execute(select(KnownAs.source_key, KnownAs.source_ref)).all())


def pairs(session: Session) -> int:
    return len(session.scalars(select(DuplicatePair.id)).all())


@pytest.mark.parametrize(
    ("later", "outcome"),
    [
        ({"name": "Harbour House"}, "renamed"),
        ({"name": "Lakeside Recovery"}, "renamed"),  # the number is the same
        ({"address_1": "100 N. Example St., Suite 3", "phones": ()}, "renamed"),
        ({"address_1": "7 Hill Road", "postal_code": "60614"}, "moved"),
    ],
)
def test_a_listing_that_its_source_calls_otherwise_stays_the_same_listing(
    session: Session, later: dict[str, Any], outcome: str
) -> None:
    told(session, a_house("before"))
    (before,) = listings(session)
    link, slug = before.public_id, before.slug

    report = told(session, a_house("now", **later))

    (listing,) = listings(session)
    counts = report.counts()
    assert (counts["created"], counts["updated"], counts[outcome], counts["not_in_file"]) == (0, 1, 1, 0)
    assert (listing.public_id, listing.slug, listing.source_ref) == (link, slug, "now")
    assert names(session) == {("county-list", "before")}
    assert told(session, a_house("now", **later)).unchanged == 1


@pytest.mark.parametrize(
    ("before", "later"),
    [
        ({"name": "Harbor House \N{EN DASH} Detox"}, {"name": "Harbor House \N{EN DASH} Outpatient"}),
        ({"name": "Group 1", "phones": ()}, {"name": "Group 2", "phones": ()}),
        ({}, {"name": "Lakeside Recovery", "phones": (OTHER_PHONE,)}),
        ({"phones": ()}, {"address_1": "7 Hill Road", "phones": ()}),
        ({"tags": tags("fellowship:aa")}, {"name": "Dawn Patrol", "tags": tags("fellowship:aa")}),  # an office's number
    ],
    ids=["other program", "other number in the name", "only the address", "only the name", "only the office's number"],
)
def test_what_is_not_surely_the_same_is_a_new_listing(
    session: Session, before: dict[str, Any], later: dict[str, Any]
) -> None:
    told(session, a_house("before", **before))

    report = told(session, a_house("now", **later))

    assert (report.created, report.not_in_file, report.renamed, report.moved) == (1, 1, 0, 0)


def test_two_that_might_both_be_one_that_is_gone_are_new(session: Session) -> None:
    told(session, a_house("before"))

    report = told(session, a_house("1", name="Lakeside Recovery"), a_house("2", name="Hillside Recovery"))

    assert (report.created, report.not_in_file) == (2, 1)
    assert report.suspects == pairs(session) == 2


def test_a_file_that_is_a_part_of_its_source_says_nothing_of_what_it_lacks(session: Session) -> None:
    told(session, a_house("before"))

    assert told(session, a_house("now"), rules=Rules()).created == 1


def test_an_earlier_name_leads_to_its_listing_until_the_source_has_both(session: Session) -> None:
    told(session, a_house("a"))
    told(session, a_house("b", name="Harbour House"))

    back = told(session, a_house("a"))
    assert (back.renamed, back.created, names(session)) == (1, 0, {("county-list", "b")})

    both = told(session, a_house("a"), a_house("b", name="Harbour House"))
    assert (both.unchanged, both.created) == (1, 1)
    assert {each.source_ref for each in listings(session)} == {"a", "b"}
    assert names(session) == set()

    first_of_all, second = listings(session)
    assert first_of_all.public_id != second.public_id


def test_a_new_listing_with_a_name_that_another_had_has_an_address_of_its_own(session: Session) -> None:
    told(session, a_house("a"))
    told(session, a_house("b", name="Harbour House"))

    report = told(session, a_house("b", name="Harbour House"), a_house("a", name="Hillside", phones=(OTHER_PHONE,)))

    assert report.created == 1
    assert len({each.public_id for each in listings(session)}) == 2


def test_another_source_adds_to_a_listing_and_takes_nothing_away(session: Session) -> None:
    told(session, a_house("1", website="", schedules=(), tags=tags("payment:medicaid")))
    theirs = the_state_s(
        "x", name="Harbor House, Inc.", website="https://state.example/", fees="None", phones=(PHONE, OTHER_PHONE),
        description="Theirs.", schedules=(Schedule(0, A_CHANGE.at.time()),), tags=tags("payment:medicare"),
    )  # fmt: skip

    report = told(session, theirs, source="state-list")

    (listing,) = listings(session)
    assert (report.linked, report.created, report.updated) == (1, 0, 1)
    assert (listing.source_key, listing.name, listing.description) == ("county-list", "Harbor House", ANY_DESCRIPTION)
    assert (listing.website, listing.fees) == ("https://state.example/", "None")
    session.refresh(listing, ["phones", "tags", "schedules"])
    assert [phone.value for phone in listing.phones] == [PHONE, OTHER_PHONE]
    assert {tag.code for tag in listing.tags} == {"medicaid", "medicare"}
    assert len(listing.schedules) == 1


ANY_DESCRIPTION = a_draft().description


def test_what_another_source_adds_outlives_the_next_import_of_the_listing_s_own(session: Session) -> None:
    ours, theirs = a_house("1", website=""), the_state_s("x", website="https://state.example/", phones=(OTHER_PHONE,))
    told(session, ours)
    told(session, theirs, source="state-list")

    assert told(session, ours).unchanged == 1
    assert told(session, theirs, source="state-list").unchanged == 1
    assert listings(session)[0].website == "https://state.example/"

    gone = the_state_s("x", website="", phones=(OTHER_PHONE,))
    told(session, gone, source="state-list")
    told(session, ours)
    assert listings(session)[0].website == ""


def test_what_a_source_added_goes_when_it_lacks_the_listing(session: Session) -> None:
    told(session, a_house("1", website=""))
    told(session, the_state_s("x", website="https://state.example/"), source="state-list")
    retiring = Rules(whole=True, retire_gone=True)

    told(session, source="state-list", rules=retiring)
    told(session, a_house("1", website=""))

    assert (names(session), listings(session)[0].website) == (set(), "")


@pytest.mark.parametrize(
    "changes",
    [
        {"phones": (OTHER_PHONE,), "name": "Lakeside Recovery"},
        {"tags": tags("fellowship:aa")},
        {"confidential": True},
        {"address_1": "7 Hill Road"},
        {"name": "Harbor House \N{EN DASH} Detox"},
    ],
    ids=["other name and number", "a fellowship's meeting", "confidential", "other address", "a program of it"],
)
def test_what_another_source_has_is_linked_only_where_it_is_surely_the_same(
    session: Session, changes: dict[str, Any]
) -> None:
    told(session, a_house("1", name="Harbor House" if "name" not in changes else "Harbor House \N{EN DASH} Outpatient"))

    report = told(session, the_state_s("x", **changes), source="state-list")

    assert (report.linked, report.created) == (0, 1)


def test_of_several_listings_of_one_house_the_one_of_the_same_name_is_linked(session: Session) -> None:
    told(session, a_house("1"), a_house("2", name="Harbor House \N{EN DASH} Detox"))

    assert told(session, the_state_s("x"), source="state-list").linked == 1
    # The number is that of both, so it says nothing of the one that is left.
    assert told(session, the_state_s("x"), the_state_s("y", name="Somebody Else"), source="state-list").created == 1


def test_two_that_people_told_apart_are_never_linked_to_either(session: Session) -> None:
    told(session, a_house("1"), a_house("2", name="Harbor House \N{EN DASH} Detox"))
    one, other = listings(session)
    decide(session, one.id, other.id, Decision.NOT_THE_SAME, A_CHANGE)
    session.commit()

    assert told(session, the_state_s("x"), source="state-list").linked == 0


def test_the_demonstration_and_what_is_retired_are_nobody_s_listing(session: Session) -> None:
    a_source(session, "demonstration", fictional=True)
    session.commit()
    told(session, a_house("1"))
    amend(session, {listings(session)[0].id: {"status": Status.RETIRED}}, A_CHANGE)
    session.commit()
    session.get_one(Source, "demonstration")

    assert told(session, the_state_s("x"), source="state-list").created == 1


def test_a_listing_that_became_part_of_another_never_comes_back(session: Session) -> None:
    told(session, a_house("1"), a_house("2", name="Harbor Hause"))
    kept, other = listings(session)
    merge(session, kept.id, other.id, {}, A_CHANGE)
    session.commit()

    report = told(session, a_house("1"), a_house("2", name="Harbor Hause", website="https://new.example/"))

    assert (report.created, report.brought_back) == (0, 0)
    assert [each.status for each in listings(session)] == [Status.PUBLISHED, Status.RETIRED]


def test_a_listing_of_which_another_source_tells_is_not_retired_as_gone(session: Session) -> None:
    told(session, a_house("1"), a_house("2", name="Other", address_1="7 Hill Road", phones=()))
    told(session, the_state_s("x"), source="state-list")

    report = told(session, rules=Rules(whole=True, retire_gone=True))

    assert (report.not_in_file, report.retired_gone) == (2, 1)
    assert [each.status for each in listings(session)] == [Status.PUBLISHED, Status.RETIRED]
