"""What becomes of a row of SAMHSA's directory."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.geo import Precision
from finder.domain.listing import Status
from finder.domain.phone import Phone, PhoneKind
from finder.importing import UnreadableFile, samhsa
from finder.importing.formats.samhsa import read_facilities
from finder.importing.formats.workbook import Workbook
from finder.importing.report import ImportReport
from finder.importing.samhsa import drafts, group_facilities
from finder.listings import ListingDraft
from tests.factories import tags
from tests.samples.workbooks import COLUMNS, a_facility, facilities, upload

_ISSUED = dt.date(2024, 2, 29)


def imported(*rows: dict[str, str]) -> tuple[list[ListingDraft], ImportReport]:
    report = ImportReport()
    groups = group_facilities(read_facilities(Workbook(upload(facilities(*rows)))), report)
    return list(drafts(groups, report, _ISSUED)), report


def draft_of(**changes: str) -> ListingDraft:
    (draft,), _ = imported(a_facility(**changes))
    return draft


def levels(draft: ListingDraft) -> set[str]:
    return {tag.code for tag in draft.tags if tag.facet == "level_of_care"}


def test_a_facility_becomes_a_listing_that_can_be_found_and_called() -> None:
    draft = draft_of(name2="Women's Program", intake1="312-555-0101 x5", street2="Suite 4")

    assert draft.status is Status.PUBLISHED
    assert draft.organization == "Harbor Light Recovery"
    assert draft.name.startswith("Harbor Light Recovery")
    assert draft.name.endswith("Women's Program")
    assert (draft.address_1, draft.address_2) == ("100 North Example Street", "Suite 4")
    assert (draft.city, draft.county, draft.state, draft.postal_code) == ("Chicago", "Cook County", "IL", "60601")
    assert draft.phones == (Phone("+13125550100"), Phone("+13125550101", PhoneKind.INTAKE, "5"))
    assert (draft.precision, draft.time_zone) == (Precision.ZIP, "America/Chicago")


def test_what_the_edition_says_is_as_old_as_the_edition_and_due_a_year_later() -> None:
    draft = draft_of()

    assert (draft.verified_on, draft.review_due_on) == (dt.date(2024, 2, 29), dt.date(2025, 2, 28))


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ("SA RD", {"detox", "inpatient"}),
        ("SA HID", {"detox", "inpatient"}),
        ("SA OD", {"detox", "outpatient"}),
        ("SA BDTX", {"detox"}),
        ("SA RL", {"inpatient"}),
        ("SA ORT", {"outpatient"}),
        ("SA PEER", {"support_group"}),
        ("SA OP RS SHG", {"outpatient", "inpatient", "support_group"}),
    ],
)
def test_the_codes_say_which_levels_of_care_there_are(codes: str, expected: set[str]) -> None:
    assert levels(draft_of(service_code_info=codes)) == expected


def test_people_go_there_in_person_unless_the_codes_say_that_they_need_not() -> None:
    assert tags("attendance:in_person") <= draft_of().tags
    assert {tag.code for tag in draft_of(service_code_info="SA OP TELE").tags if tag.facet == "attendance"} == {
        "hybrid"
    }


def test_a_facility_without_a_level_of_care_waits_for_a_person() -> None:
    (draft,), report = imported(a_facility(service_code_info="SA MD"))

    assert (draft.status, draft.review_reason) == (Status.DRAFT, samhsa.NO_LEVEL)
    assert report.rejected == {}


def test_medication_during_detox_alone_is_no_detox() -> None:
    assert draft_of(service_code_info="SA MDET").status is Status.DRAFT


def test_a_facility_in_an_unknown_state_waits_for_a_person() -> None:
    assert draft_of(state="ZZ").review_reason == samhsa.NO_STATE


def test_a_zip_in_another_state_puts_no_one_on_the_wrong_road() -> None:
    draft = draft_of(state="OR")

    assert draft.review_reason == samhsa.WRONG_ZIP
    assert (draft.point, draft.precision, draft.county) == (None, Precision.NONE, "")


def test_an_unknown_zip_leaves_the_city_and_no_point() -> None:
    (draft,), report = imported(a_facility(zip="00000"))

    assert (draft.city, draft.state, draft.point) == ("Chicago", "IL", None)
    assert draft.status is Status.PUBLISHED
    assert report.without_point == 1


def test_a_facility_without_a_phone_is_listed_for_those_who_can_go_there_and_counted() -> None:
    (draft,), report = imported(a_facility(phone="call us"))

    assert draft.status is Status.PUBLISHED
    assert (report.without_phone, report.impossible_phones) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"name1": " ", "name2": ""}, samhsa.NO_NAME),
        ({"street1": "", "phone": ""}, samhsa.NO_CONTACT),
        ({"name1": "x" * 201}, samhsa.TOO_LONG),
        ({"city": "x" * 101}, samhsa.TOO_LONG),
        ({"service_code_info": "MH OP RES HI PEER"}, samhsa.NOT_ADDICTION),
    ],
)
def test_a_row_that_no_one_could_use_is_left_out_with_its_number(changes: dict[str, str], reason: str) -> None:
    found, report = imported(a_facility(), a_facility(street1="9 Other Street") | changes)

    assert len(found) == 1
    assert report.rejected == {reason: [3]}


@pytest.mark.parametrize("codes", ["MH SA OP", "MH SUMH OP", "MH DT HI"])
def test_a_mental_health_facility_that_treats_addiction_too_is_listed(codes: str) -> None:
    assert draft_of(service_code_info=codes).status is Status.PUBLISHED


def test_a_facility_that_stands_twice_is_one_listing_with_all_that_both_rows_say() -> None:
    (draft,), report = imported(
        a_facility(service_code_info="SA DT", phone="312-555-0100"),
        a_facility(
            name1="HARBOR LIGHT RECOVERY", street1="100 N. Example St", service_code_info="OP", phone="312-555-0102"
        ),
    )

    assert levels(draft) == {"detox", "outpatient"}
    assert [phone.number for phone in draft.phones] == ["+13125550100", "+13125550102"]
    assert (report.rows, report.merged) == (2, 1)


@pytest.mark.parametrize(
    "changes", [{"name2": "Women's Program"}, {"street1": "102 North Example Street"}, {"zip": "60602"}]
)
def test_another_program_or_address_is_another_listing(changes: dict[str, str]) -> None:
    found, _ = imported(a_facility(), a_facility(**changes))

    assert len({draft.source_ref for draft in found}) == 2


def test_a_facility_keeps_its_name_within_the_source_for_all_time() -> None:
    assert draft_of().source_ref == draft_of(phone="312-555-0199", service_code_info="SA OP").source_ref
    assert draft_of().source_ref == "9ef271eb2db7999f220e"


def test_a_code_that_no_edition_explains_is_told_and_harms_nothing() -> None:
    (draft,), report = imported(a_facility(service_code_info="SA OP QQ9"))

    assert report.unknown_codes == {"QQ9": 1}
    assert draft.status is Status.PUBLISHED


def test_a_column_of_anything_but_service_codes_is_refused() -> None:
    words = [
        a_facility(name1=f"House {n}", service_code_info=f"SA {' '.join(f'Q{n}X{m}' for m in range(40))}")
        for n in range(30)
    ]

    with pytest.raises(UnreadableFile, match="service codes that no edition explains"):
        imported(*words)


_cells = st.text(max_size=30) | st.sampled_from(["", "IL", "60601", "312-555-0100", "SA DT", "MH", "1 A Street"])


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, _cells)), max_size=4))
def test_every_row_is_accounted_for_whatever_it_holds(rows: list[dict[str, str]]) -> None:
    xml_safe = [{key: "".join(c for c in text if c.isprintable()) for key, text in row.items()} for row in rows]
    found, report = imported(a_facility(), *xml_safe)

    assert report.rows == len(found) + report.merged + sum(map(len, report.rejected.values()))
    assert len({draft.source_ref for draft in found}) == len(found)
    assert list(itertools.chain(*(draft.name.splitlines() for draft in found))) == [draft.name for draft in found]
