"""Two listings of one place become one; whoever knew the other is led there; and it can all be taken back."""

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from finder.domain.duplicates import Decision
from finder.domain.listing import Status
from finder.domain.phone import Phone
from finder.domain.review import CheckMethod, CheckResult, FieldGroup, Finding
from finder.listings import Change, ListingDraft, amend, published_by_slug, save_all
from finder.listings.checks import record_checks
from finder.listings.duplicates import find_duplicates, keep_duplicates, suspects
from finder.listings.merge import CHOOSABLE, Side, merge, moved_to, moved_to_id, undo_merge
from finder.listings.standing import load_standings
from finder.listings.stored import load_stored
from finder.listings.undo import TOGETHER, restore
from finder.models import DuplicatePair, Merge, Provider, Revision
from tests.databases import counted_queries
from tests.factories import A_CHANGE, NOW, a_draft, a_provider, a_source, tags
from tests.saved import bytes_of, facts_of, imported
from tests.strategies import drafts

BY_ANA = Change(by="Ana", at=NOW)
LISTS = ("phones", "tags", "schedules")


@pytest.fixture(autouse=True)
def _county_list(session: Session) -> None:
    a_source(session)
    session.commit()


@pytest.fixture
def examples(engine: Engine) -> int:
    """How many random pairs to try: PostgreSQL takes longer over each."""
    return 40 if engine.dialect.name == "sqlite" else 10


@st.composite
def choices(draw: st.DrawFn) -> dict[str, Side]:
    """For some facts, whose is right."""
    chosen: dict[str, Side] = {}
    for name in draw(st.sets(st.sampled_from(CHOOSABLE))):
        together = next((names for names in TOGETHER if name in names), (name,))
        sides = list(Side) if name in LISTS else [Side.KEPT, Side.OTHER]
        side = next((chosen[each] for each in together if each in chosen), None)
        chosen[name] = side or draw(st.sampled_from(sides))
    return chosen


MENDABLE = drafts().filter(lambda draft: draft.status is not Status.RETIRED)
OTHERS = drafts(source_ref="other").filter(lambda draft: draft.status is not Status.RETIRED)


def any_two(examples: int, holds: Callable[[ListingDraft, ListingDraft, dict[str, Side]], None]) -> None:
    """Try what should hold of any two drafts, and any choices between them."""
    patient = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    settings(max_examples=examples, suppress_health_check=patient)(given(MENDABLE, OTHERS, choices())(holds))()


def saved_ids(session: Session, *listings: ListingDraft) -> list[int]:
    """Save the drafts, and nothing but them; their row ids."""
    session.rollback()
    save_all(session, listings, A_CHANGE)
    by_ref = {stored.source_ref: stored.id for stored in load_stored(session)}
    return [by_ref[listing.source_ref] for listing in listings]


def test_a_merge_of_any_two_listings_is_taken_back_to_the_same_bytes(session: Session, examples: int) -> None:
    def holds(one: ListingDraft, other: ListingDraft, chosen: dict[str, Side]) -> None:
        ids = saved_ids(session, one, other)
        before = [bytes_of(session, id_) for id_ in ids]
        standings = [dict(load_standings(session, [id_])[id_]) for id_ in ids]

        merge(session, *ids, chosen, BY_ANA)
        assert undo_merge(session, ids[1], BY_ANA) == ()

        assert [bytes_of(session, id_) for id_ in ids] == before
        assert [dict(load_standings(session, [id_])[id_]) for id_ in ids] == standings

    any_two(examples, holds)


def test_every_fact_of_a_merged_listing_is_the_one_that_was_chosen(session: Session, examples: int) -> None:
    def holds(one: ListingDraft, other: ListingDraft, chosen: dict[str, Side]) -> None:
        ids = saved_ids(session, one, other)
        kept, others = one.facts(), other.facts()

        merge(session, *ids, chosen, BY_ANA)

        merged = facts_of(session, ids[0])
        hidden = {"point", "precision"} if merged["confidential"] else set()  # `test_concealed` says what becomes of it
        for name, side in chosen.items():
            if side is Side.BOTH:
                assert set(merged[name]) == set(kept[name]) | set(others[name])
            elif name not in hidden:
                assert merged[name] == (kept if side is Side.KEPT else others)[name]
        assert merged["status"] == kept["status"]
        assert merged["confidential"] == (kept["confidential"] or others["confidential"])

    any_two(examples, holds)


def test_the_other_listing_is_retired_and_its_address_leads_to_the_kept_one(session: Session) -> None:
    kept, other = a_provider(session, name="Lakeview"), a_provider(session, name="Lake View")

    merge(session, kept.id, other.id, {}, BY_ANA)

    assert published_by_slug(session, other.slug) is None
    assert moved_to(session, other.slug) == kept.slug
    assert moved_to_id(session, other.public_id) == kept.public_id
    assert facts_of(session, other.id)["status"] is Status.RETIRED
    assert moved_to(session, kept.slug) is None
    assert moved_to(session, "nowhere") is None


def test_both_have_a_change_that_tells_of_the_merge(session: Session) -> None:
    kept, other = a_provider(session, name="Lakeview"), a_provider(session, name="Lake View")

    merge(session, kept.id, other.id, {}, BY_ANA)

    changes = session.scalars(select(Revision).where(Revision.version == 2).order_by(Revision.provider_id)).all()
    assert [(change.provider_id, change.by, change.reason) for change in changes] == [
        (kept.id, "Ana", "Lake View: made part of Lakeview"),
        (other.id, "Ana", "Lake View: made part of Lakeview"),
    ]


def test_phones_and_services_of_both_are_united_where_that_was_chosen(session: Session) -> None:
    kept = a_provider(session, phones=(Phone("+13125550150"), Phone("+13125550151")), tags=tags("payment:medicaid"))
    other = a_provider(session, phones=(Phone("+13125550151"), Phone("+13125550152")), tags=tags("payment:medicare"))

    merge(session, kept.id, other.id, {"phones": Side.BOTH, "tags": Side.BOTH}, BY_ANA)

    merged = facts_of(session, kept.id)
    assert [phone.number[-3:] for phone in merged["phones"]] == ["150", "151", "152"]
    assert merged["tags"] == tags("payment:medicaid", "payment:medicare")


def test_an_address_that_must_not_be_shown_stays_so(session: Session) -> None:
    kept, other = a_provider(session), a_provider(session, confidential=True)

    merge(session, kept.id, other.id, {"address_1": Side.OTHER}, BY_ANA)

    merged = facts_of(session, kept.id)
    assert merged["confidential"]
    assert merged["address_1"] == other.address_1


def test_an_old_link_leads_on_over_several_merges(session: Session) -> None:
    first, second, third = (a_provider(session, name=f"Lakeview {number}") for number in range(3))
    merge(session, second.id, first.id, {}, BY_ANA)

    merge(session, third.id, second.id, {}, BY_ANA)

    assert moved_to(session, first.slug) == moved_to(session, second.slug) == third.slug


def test_an_old_link_leads_nowhere_while_the_kept_listing_is_not_public(session: Session) -> None:
    kept, other = a_provider(session), a_provider(session)
    merge(session, kept.id, other.id, {}, BY_ANA)

    amend(session, {kept.id: {"status": Status.HIDDEN}}, A_CHANGE)

    assert moved_to(session, other.slug) is None


def test_merges_that_lead_in_a_circle_end(session: Session) -> None:
    one, other = a_provider(session), a_provider(session)
    merge(session, one.id, other.id, {}, BY_ANA)
    restore(session, other.id, 1, BY_ANA)
    merge(session, other.id, one.id, {}, BY_ANA)
    amend(session, {other.id: {"status": Status.RETIRED}}, A_CHANGE)

    assert moved_to(session, one.slug) is None


def test_an_address_is_looked_up_in_one_query(engine: Engine, session: Session) -> None:
    kept, other = a_provider(session), a_provider(session)
    merge(session, kept.id, other.id, {}, BY_ANA)
    slug = other.slug

    with counted_queries(engine) as queries:
        moved_to(session, slug)

    assert len(queries) == 1


def test_taking_a_merge_back_shows_the_other_listing_again_and_asks_again(session: Session) -> None:
    same = {"name": "Lakeview", "address_1": "100 Example Street"}
    kept, other = a_provider(session, **same), a_provider(session, **same)
    keep_duplicates(session, find_duplicates(session))
    merge(session, kept.id, other.id, {}, BY_ANA)
    assert suspects(session) == []

    undo_merge(session, other.id, BY_ANA)

    assert published_by_slug(session, other.slug) is not None
    assert moved_to(session, other.slug) is None
    assert len(suspects(session)) == 1
    assert session.scalars(select(Merge.undone_by)).one() == "Ana"


def test_what_changed_since_the_merge_stays_and_is_named(session: Session) -> None:
    kept, other = a_provider(session, email="old@lakeview.example"), a_provider(session, email="new@lakeview.example")
    merge(session, kept.id, other.id, {"email": Side.OTHER, "name": Side.OTHER}, BY_ANA)
    amend(session, {kept.id: {"email": "newest@lakeview.example"}}, A_CHANGE)

    assert undo_merge(session, other.id, BY_ANA) == ("email",)

    assert facts_of(session, kept.id)["email"] == "newest@lakeview.example"
    assert facts_of(session, kept.id)["name"] == kept.name


def test_what_was_taken_from_the_other_listing_outlives_the_next_import(session: Session) -> None:
    draft = a_draft(website="https://old.example/")
    kept = a_provider(session, source_ref=draft.source_ref, website="https://old.example/")
    other = a_provider(session, website="https://new.example/")
    merge(session, kept.id, other.id, {"website": Side.OTHER}, BY_ANA)

    imported(session, a_draft(source_ref=draft.source_ref, name="Renamed", website="https://old.example/"))

    assert facts_of(session, kept.id)["website"] == "https://new.example/"
    assert facts_of(session, kept.id)["name"] == "Renamed"


def test_a_listing_that_was_made_part_of_another_stays_so_when_its_source_tells_it_again(session: Session) -> None:
    draft = a_draft()
    other = a_provider(session, source_ref=draft.source_ref)
    kept = a_provider(session)
    merge(session, kept.id, other.id, {}, BY_ANA)

    imported(session, a_draft(source_ref=draft.source_ref, name="Renamed"))

    assert moved_to(session, other.slug) == kept.slug


def test_what_was_taken_stands_as_it_stood_in_the_other_listing(session: Session) -> None:
    kept, other = a_provider(session), a_provider(session, phones=(Phone("+13125550152"),))
    called = Finding(group=FieldGroup.PHONE, method=CheckMethod.CALL, result=CheckResult.CONFIRMED, on=NOW.date())
    record_checks(session, kept.id, [called], BY_ANA)
    never = load_standings(session, [other.id])[other.id][FieldGroup.PHONE]

    merge(session, kept.id, other.id, {"phones": Side.OTHER}, BY_ANA)
    assert load_standings(session, [kept.id])[kept.id][FieldGroup.PHONE] == never

    undo_merge(session, other.id, BY_ANA)
    assert load_standings(session, [kept.id])[kept.id][FieldGroup.PHONE].method is CheckMethod.CALL


def test_numbers_of_both_count_as_checked_when_the_older_was(session: Session) -> None:
    kept = a_provider(session, phones=(Phone("+13125550150"),), verified_on=dt.date(2026, 1, 1))
    other = a_provider(session, phones=(Phone("+13125550152"),), verified_on=dt.date(2026, 9, 1))

    merge(session, kept.id, other.id, {"phones": Side.BOTH}, BY_ANA)

    assert load_standings(session, [kept.id])[kept.id][FieldGroup.PHONE].checked_on == dt.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("chosen", "problem"),
    [
        ({"status": Side.OTHER}, "nobody chooses status"),
        ({"verified_on": Side.OTHER}, "nobody chooses verified_on"),
        ({"parking": Side.OTHER}, "nobody chooses parking"),
        ({"name": Side.BOTH}, "only one name"),
        ({"city": Side.OTHER, "postal_code": Side.KEPT}, "only together"),
    ],
)
def test_choices_that_cannot_be_are_refused(session: Session, chosen: dict[str, Side], problem: str) -> None:
    kept, other = a_provider(session), a_provider(session)

    with pytest.raises(ValueError, match=problem):
        merge(session, kept.id, other.id, chosen, BY_ANA)


def test_a_listing_is_not_merged_with_itself_nor_with_a_retired_one(session: Session) -> None:
    listing, retired = a_provider(session), a_provider(session)
    amend(session, {retired.id: {"status": Status.RETIRED}}, A_CHANGE)

    with pytest.raises(ValueError, match="itself"):
        merge(session, listing.id, listing.id, {}, BY_ANA)
    with pytest.raises(ValueError, match="retired"):
        merge(session, listing.id, retired.id, {}, BY_ANA)
    with pytest.raises(LookupError):
        merge(session, listing.id, 999, {}, BY_ANA)


def test_only_a_listing_that_is_part_of_another_can_be_taken_out_of_it(session: Session) -> None:
    listing = a_provider(session)

    with pytest.raises(LookupError):
        undo_merge(session, listing.id, BY_ANA)


def test_a_merge_decides_about_the_pair(session: Session) -> None:
    kept, other = a_provider(session), a_provider(session)

    merge(session, other.id, kept.id, {}, BY_ANA)

    pair = session.scalars(select(DuplicatePair)).one()
    assert (pair.first_id, pair.second_id, pair.decision) == (kept.id, other.id, Decision.MERGED)


def test_a_merge_that_is_rolled_back_leaves_both_as_they_were(session: Session) -> None:
    kept, other = a_provider(session), a_provider(session)
    session.commit()

    merge(session, kept.id, other.id, {"name": Side.OTHER}, BY_ANA)
    session.rollback()

    assert moved_to(session, other.slug) is None
    assert session.scalars(select(Provider.status).order_by(Provider.id)).all() == [Status.PUBLISHED] * 2
