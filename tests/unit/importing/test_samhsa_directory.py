"""SAMHSA's two directories, together and alone, of every edition."""

import datetime as dt

import pytest

from finder.importing.bounds import UnreadableFile, Upload
from finder.importing.report import ImportReport
from finder.importing.samhsa import NO_CONTACT, NOT_ADDICTION, SOURCE_KEY
from finder.importing.samhsa_directory import MENTAL_HEALTH_KEY, SamhsaDirectory
from finder.listings import ListingDraft
from tests.factories import tags
from tests.samples.workbooks import a_facility, facilities, sheet, upload, workbook

_TODAY = dt.date(2026, 11, 1)


def substance_use(*rows: dict[str, str], name: str = "su.xlsx") -> Upload:
    return upload(facilities(*(rows or (a_facility(),))), name)


def mental_health(*rows: dict[str, str]) -> Upload:
    return upload(facilities(*rows, modified="2025-12-01T00:00:00Z"), "mh.xlsx")


def a_clinic(**changes: str) -> dict[str, str]:
    """A row of the directory of mental health facilities; the facility stands in the other one, too."""
    return a_facility(phone="312-555-0105", service_code_info="MH * OP HI * MC * CH/AD YAD") | changes


def read(
    *uploads: Upload, source: str = SOURCE_KEY, as_of: dt.date | None = None
) -> tuple[list[ListingDraft], ImportReport]:
    report = ImportReport()
    first, *beside = uploads
    directory = SamhsaDirectory(as_of=as_of, today=_TODAY, beside=beside, source=source)
    return list(directory.read(first, report).drafts), report


@pytest.mark.parametrize("swapped", [False, True], ids=["as usual", "the other way round"])
def test_what_both_directories_tell_of_a_facility_becomes_one_listing(swapped: bool) -> None:  # noqa: FBT001 (pytest's)
    uploads = [substance_use(), mental_health(a_clinic(name1="HARBOR LIGHT RECOVERY"))]

    (draft,), report = read(*(reversed(uploads) if swapped else uploads))

    assert draft.name == "Harbor Light Recovery"
    assert [phone.national for phone in draft.phones] == ["312-555-0100", "312-555-0105"]
    assert tags("payment:medicare", "payment:medicaid") <= draft.tags
    assert (report.rows, report.merged, report.verified_on) == (2, 1, dt.date(2025, 12, 1))


def test_care_for_mental_health_is_no_treatment_of_addiction() -> None:
    (draft,), _ = read(substance_use(a_facility(service_code_info="SA DT")), mental_health(a_clinic()))

    assert {tag.code for tag in draft.tags if tag.facet == "level_of_care"} == {"detox"}


def test_of_the_mental_health_directory_only_places_that_treat_addiction_are_taken() -> None:
    treats_both = a_clinic(name1="River House", service_code_info="MH SA SUMH * OP")

    drafts, report = read(substance_use(), mental_health(treats_both, a_clinic(name1="Mind House")))

    assert [draft.name for draft in drafts] == ["Harbor Light Recovery", "River House"]
    assert report.rejected == {NOT_ADDICTION: [3]}


def test_of_several_workbooks_the_one_is_named_in_which_a_row_is_no_good() -> None:
    _, report = read(substance_use(), mental_health(a_clinic(), a_clinic(street1="", phone="")))

    assert report.rejected == {f"{NO_CONTACT}, in the second file": [3]}


def test_the_mental_health_directory_alone_is_another_source_that_takes_nobody_s_place() -> None:
    alone = mental_health(a_clinic(service_code_info="MH SA OP"), a_clinic(name1="Mind House"))

    (draft,), _ = read(alone, source=MENTAL_HEALTH_KEY)

    assert (draft.source, draft.name) == (MENTAL_HEALTH_KEY, "Harbor Light Recovery")


@pytest.mark.parametrize(
    ("file", "source", "told"),
    [
        (mental_health(a_clinic()), SOURCE_KEY, "mental health facilities alone"),
        (substance_use(), MENTAL_HEALTH_KEY, "Import it as the source samhsa"),
    ],
)
def test_a_directory_is_never_taken_for_the_other_one(file: Upload, source: str, told: str) -> None:
    with pytest.raises(UnreadableFile, match=told):
        read(file, source=source)


@pytest.mark.parametrize(
    "header",
    [
        "name1,name2,street1,street2,city,state,zip,phone,intake1,intake2,intake1a,intake2a,service_code_info",
        "Name1,Name2,Street1,Street2,City,State,Zip,Phone,Intake1,Intake2,Intake1a,Intake2a,Service_Code_Info",
        "NAME_1,NAME_2,STREET_1,STREET_2,CITY,STATE,ZIP,PHONE,INTAKE_1,INTAKE_2,INTAKE_1A,INTAKE_2A,SERVICE_CODES",
        "Facility Name,name2,Street Address,Address 2,City,State,Zip Code,Telephone,a,b,c,d,Service Codes",
    ],
)
def test_the_columns_of_every_edition_are_understood_whatever_the_sheet_is_called(header: str) -> None:
    row = list(a_facility(name2="Women's Program").values())
    codes = sheet([["category_code", "service_code"], ["TC", "SA"]])
    content = workbook(sheet([["National Directory 2025"], header.split(","), row]), codes)

    (draft,), _ = read(upload(content))

    assert draft.name.endswith("Women's Program")
    assert (draft.address_1, draft.postal_code, len(draft.phones)) == ("100 North Example Street", "60601", 1)
