"""Somebody's own table, by the columns that were said."""

import datetime as dt
from dataclasses import replace

import pytest

from finder.domain.geo import Point, Precision
from finder.domain.listing import Status
from finder.domain.phone import Phone, PhoneKind
from finder.exporting.table import csv_of
from finder.importing.bounds import UnreadableFile
from finder.importing.formats.table import DIFFERENT_ID, NO_PLACE
from finder.importing.formats.table_columns import Columns, Fact, TagColumn, columns_from_json
from finder.importing.meetings.meeting import NO_NAME, TOO_LONG
from finder.importing.report import ImportReport
from finder.importing.samhsa import NO_LEVEL
from finder.listings import ListingDraft
from tests.factories import tags
from tests.samples.tables import a_place, a_table, guessed, listed, table_of
from tests.samples.workbooks import sheet, upload, workbook


def draft_of(columns: Columns | None = None, **changes: str) -> ListingDraft:
    (draft,), _ = listed(a_table(a_place(**changes)), columns)
    return draft


def test_a_place_becomes_a_listing_that_can_be_found_and_called() -> None:
    draft = draft_of(
        Organization="Harbor Light Inc", Intake="312-555-0101 x5", Website="harbor.example/intake",
        Email="info@harbor.example", Latitude="41.8858", Longitude="-87.6229", Ages_served="18+",
        Hours="Mon-Fri 9am-5pm", Last_checked="3/5/2026", Description="Near the lake",
    )  # fmt: skip

    assert (draft.status, draft.name, draft.organization) == (
        Status.PUBLISHED,
        "Harbor Light Recovery",
        "Harbor Light Inc",
    )
    assert (draft.address_1, draft.city, draft.county, draft.state, draft.postal_code) == (
        "100 North Example Street", "Chicago", "Cook County", "IL", "60601",
    )  # fmt: skip
    assert (draft.point, draft.precision) == (Point(41.8858, -87.6229), Precision.ADDRESS)
    assert draft.phones == (Phone("+13125550100"), Phone("+13125550101", PhoneKind.INTAKE, "5"))
    assert (draft.website, draft.email) == ("https://harbor.example/intake", "info@harbor.example")
    assert (draft.minimum_age, draft.maximum_age, draft.description) == (18, None, "Near the lake")
    assert [span.weekday for span in draft.schedules] == [0, 1, 2, 3, 4]
    assert draft.verified_on == dt.date(2026, 3, 5)
    assert draft.tags == tags("level_of_care:detox", "level_of_care:outpatient", "attendance:in_person")


def test_what_can_t_be_read_surely_stays_in_words() -> None:
    draft = draft_of(Hours="Call first", Ages="Families", Description="Near the lake")

    assert draft.description == "Near the lake Hours: Call first Ages: Families"
    assert draft.schedules == ()


def test_a_kind_of_care_says_its_level_too() -> None:
    assert tags("level_of_care:outpatient", "kind_of_care:outpatient_intensive") <= draft_of(Services="IOP").tags


def test_columns_of_yes_and_no_are_tags_and_no_says_nothing() -> None:
    rows = [a_place(Medicaid="Y", Spanish="x"), a_place(Name="Hill House", Medicaid="N", Spanish="")]

    (first, second), report = listed(a_table(*rows))

    assert tags("payment:medicaid", "language:spanish") <= first.tags
    assert not tags("payment:medicaid", "language:spanish") & second.tags
    assert report.unknown_codes == {}


def test_values_that_nobody_explained_are_counted_by_column() -> None:
    columns = guessed(a_table(a_place()))

    (draft,), report = listed(a_table(a_place(Services="Detox; Moon walks")), columns)

    assert tags("level_of_care:detox") <= draft.tags
    assert report.unknown_codes == {"Services: moon walks": 1}


def test_a_place_without_a_level_of_care_waits_for_a_person() -> None:
    draft = draft_of(Services="")

    assert (draft.status, draft.review_reason) == (Status.DRAFT, NO_LEVEL)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"Name": " "}, NO_NAME),
        ({"Address": "", "City": "", "State": "", "ZIP": ""}, NO_PLACE),
        ({"Name": "x" * 201}, TOO_LONG),
        ({"City": "x" * 101}, TOO_LONG),
    ],
)
def test_a_row_that_no_one_could_use_is_left_out_with_its_number(changes: dict[str, str], reason: str) -> None:
    drafts, report = listed(a_table(a_place(), a_place(Name="Hill House") | changes))

    assert len(drafts) == 1
    assert report.rejected == {reason: [3]}


def test_what_can_be_used_from_home_needs_no_address() -> None:
    draft = draft_of(Address="", City="", State="", ZIP="", Attendance="Online")

    assert draft.status is Status.PUBLISHED
    assert tags("attendance:online") <= draft.tags


def test_rows_of_one_place_become_one_listing_with_all_that_they_say() -> None:
    rows = [a_place(), a_place(Name="HARBOR LIGHT RECOVERY", Services="Inpatient", Phone="312-555-0102")]

    (draft,), report = listed(a_table(*rows))

    assert tags("level_of_care:detox", "level_of_care:inpatient") <= draft.tags
    assert [phone.national for phone in draft.phones] == ["312-555-0100", "312-555-0102"]
    assert (report.rows, report.merged) == (2, 1)


def test_the_table_s_own_id_names_a_place_even_when_it_moves() -> None:
    assert draft_of(ID="L-7").source_ref == draft_of(ID="L-7", Address="9 Other Road").source_ref == "L-7"
    assert draft_of(ID="7" * 300).source_ref == "ed250bc2848cae308a49"


def test_without_an_id_name_and_address_do() -> None:
    assert draft_of().source_ref == draft_of(Phone="", Address="100 N. Example St").source_ref
    assert draft_of().source_ref != draft_of(Address="102 North Example Street").source_ref


def test_an_id_that_stands_for_two_places_counts_for_the_first() -> None:
    (draft,), report = listed(a_table(a_place(ID="1"), a_place(ID="1", Name="Hill House")))

    assert draft.name == "Harbor Light Recovery"
    assert report.rejected == {DIFFERENT_ID: [3]}


@pytest.mark.parametrize("secret", [{"Address": "Confidential"}, {"Address": "Undisclosed location"}])
def test_the_place_of_a_shelter_that_tells_no_address_is_told_nowhere(secret: dict[str, str]) -> None:
    draft = draft_of(**secret, Latitude="41.8858", Longitude="-87.6229")

    assert (draft.confidential, draft.address_1, draft.precision) == (True, "", Precision.ZIP)


def test_an_address_in_one_line_is_taken_apart() -> None:
    row = {"Name": "Harbor", "Full address": "1 A Street, Suite 2, Chicago, IL 60601", "Services": "Detox"}

    (draft,), _ = listed(a_table(row))

    assert (draft.address_1, draft.address_2, draft.city, draft.state, draft.postal_code) == (
        "1 A Street", "Suite 2", "Chicago", "IL", "60601",
    )  # fmt: skip


def test_a_day_that_lies_ahead_is_not_believed() -> None:
    columns = guessed(a_table(a_place(Last_checked="")))
    report = ImportReport()

    file = a_table(a_place(Last_checked="2030-01-01"))
    (draft,) = table_of(columns, as_of=dt.date(2026, 10, 1)).read(file, report).drafts

    assert draft.verified_on == report.verified_on == dt.date(2026, 10, 1)


@pytest.mark.parametrize("day", ["2026-03-05", "3/5/2026", "03/05/2026 10:00", "46086", "46086.4"])
def test_days_are_read_as_spreadsheets_write_them(day: str) -> None:
    assert draft_of(Last_checked=day).verified_on == dt.date(2026, 3, 5)


def test_our_own_table_comes_back_without_its_apostrophes() -> None:
    ours = csv_of(
        ["Name", "City", "State", "Kinds of help"], [["=Light", "Chicago", "IL", "Detox"], ["'Twas", "", "IL", ""]]
    )

    drafts, _ = listed(upload(ours))

    assert [draft.name for draft in drafts] == ["=Light", "'Twas"]


def test_a_workbook_is_read_from_the_sheet_that_was_named() -> None:
    table = [["Name", "City", "State", "Services"], ["Harbor", "Chicago", "IL", "Detox"]]
    file = upload(workbook(sheet([["Read me"], ["first", "second"]]), sheet(table)))

    (draft,), _ = listed(file, guessed(file, "Sheet 2"))

    assert (draft.name, draft.city) == ("Harbor", "Chicago")


def test_a_sheet_that_is_gone_and_a_heading_that_is_gone_are_named() -> None:
    columns = guessed(a_table(a_place()))

    with pytest.raises(UnreadableFile, match=r"no column Services.*say again"):
        listed(a_table({"Name": "x", "Address": "y", "City": "", "State": "", "ZIP": "", "Phone": ""}), columns)
    with pytest.raises(UnreadableFile, match=r"no sheet called 'Places'\. It has: Sheet 1"):
        listed(upload(workbook(sheet([["a", "b"]]))), replace(columns, sheet="Places"))


def test_columns_are_kept_as_they_were_said() -> None:
    columns = guessed(a_table(a_place(Medicaid="yes")))

    assert columns_from_json(columns.as_json()) == columns


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ({}, "facts"),
        ({"facts": {}}, "no column is the name"),
        ({"facts": {"name": ["A"], "zip": ["B", "C"]}}, "two columns are the zip"),
        ({"facts": {"name": ["A"]}, "tags": [{"heading": "B", "values": {"x": ["no:such"]}}]}, "no 'no:such'"),
        ({"facts": {"name": ["A"]}, "tags": [{"heading": "B"}, {"heading": "B"}]}, "twice"),
        ({"facts": {"mood": ["A"]}}, "mood"),
        ({"facts": {"name": ["A"]}, "more": 1}, "more"),
        ("name", "dict"),
    ],
)
def test_columns_that_nobody_could_mean_are_refused_with_the_reason(kept: object, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        columns_from_json(kept)


def test_a_value_may_stand_for_several_tags() -> None:
    column = TagColumn(heading="Services", values={"dual": ("level_of_care:inpatient", "co_occurring:mental_health")})
    columns = Columns(facts={Fact.NAME: ("Name",), Fact.STATE: ("State",)}, tags=(column,))

    assert tags("level_of_care:inpatient", "co_occurring:mental_health") <= draft_of(columns, Services="Dual").tags
