"""What becomes of answers of FindTreatment.gov."""

import datetime as dt
from typing import Any

import pytest

from finder.domain.geo import Point, Precision
from finder.domain.phone import Phone, PhoneKind
from finder.importing.formats.findtreatment import FindTreatment
from finder.importing.meetings.meeting import NOT_A_ROW
from finder.importing.report import ImportReport
from finder.importing.samhsa import NOT_ADDICTION
from finder.listings import ListingDraft
from tests.samples.feeds import a_located_facility, drafts_of, json_file

_LOCATOR = FindTreatment(as_of=dt.date(2026, 10, 1))
_MENTAL_HEALTH = [{"f2": "TC", "f3": "Mental health treatment"}, {"f2": "SET", "f3": "Outpatient"}]


def draft_of(**changes: Any) -> ListingDraft:
    (draft,), _ = drafts_of(a_located_facility(**changes), file_format=_LOCATOR)
    return draft


def test_a_facility_becomes_a_listing_with_what_only_the_locator_knows() -> None:
    draft = draft_of()

    assert (draft.source, draft.name, draft.address_1) == (
        "findtreatment",
        "Harbor Light Recovery",
        "100 North Example Street",
    )
    assert (draft.point, draft.precision) == (Point(41.8861, -87.6186), Precision.ADDRESS)
    assert draft.website == "http://www.harbor.example"
    assert draft.phones == (Phone("+13125550100"), Phone("+13125550111", PhoneKind.HOTLINE))
    assert {tag.code for tag in draft.tags if tag.facet == "level_of_care"} == {"detox", "outpatient", "inpatient"}
    assert draft.verified_on == dt.date(2026, 10, 1)


@pytest.mark.parametrize("wrong", [{"latitude": "0", "longitude": "0"}, {"latitude": "-87.6"}, {"latitude": None}])
def test_coordinates_that_can_t_be_true_leave_the_middle_of_the_zip(wrong: dict[str, Any]) -> None:
    assert draft_of(**wrong).precision is Precision.ZIP


def test_a_facility_that_comes_once_for_each_kind_of_care_is_one_listing() -> None:
    (draft,), report = drafts_of(
        a_located_facility(services=_MENTAL_HEALTH, website=""),
        a_located_facility(hotline1=None),
        file_format=_LOCATOR,
    )

    assert (report.rows, report.merged) == (2, 1)
    assert draft.website == "http://www.harbor.example"
    assert any(tag.code == "detox" for tag in draft.tags)


def test_mental_health_care_alone_and_what_is_no_row_are_left_out() -> None:
    drafts, report = drafts_of(a_located_facility(services=_MENTAL_HEALTH), None, file_format=_LOCATOR)

    assert drafts == []
    assert report.rejected == {NOT_ADDICTION: [1], NOT_A_ROW: [2]}


@pytest.mark.parametrize("services", [None, "x", [{"f3": None}], [{"f2": [], "f3": "; ;"}], [3]])
def test_services_in_any_shape_stop_nothing(services: Any) -> None:
    assert draft_of(services=services).review_reason.startswith("The source names no level of care")


def test_services_by_earlier_names_are_known_and_unknown_ones_counted() -> None:
    services = [{"f2": "EXCL", "f3": "DUI/DWI clients"}, {"f2": "SET", "f3": "Hospital inpatient; Moon walks"}]

    (draft,), report = drafts_of(a_located_facility(services=services), file_format=_LOCATOR)

    assert {"dui", "inpatient"} <= {tag.code for tag in draft.tags}
    assert report.unknown_codes == {"SET: Moon walks": 1}


def test_a_page_of_the_locator_is_read_as_it_comes() -> None:
    page = {"page": 1, "totalPages": 765, "recordCount": 1, "rows": [a_located_facility()]}

    assert len(list(_LOCATOR.read(json_file(page), ImportReport()).drafts)) == 1
