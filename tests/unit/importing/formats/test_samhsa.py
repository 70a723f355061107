"""SAMHSA's workbook, edition by edition."""

import pytest

from finder.importing.bounds import UnreadableFile
from finder.importing.formats.samhsa import RawFacility, read_facilities, service_codes
from finder.importing.formats.workbook import Workbook
from tests.samples.workbooks import COLUMNS, a_facility, facilities, raw_sheet, sheet, upload, workbook


def read(content: bytes) -> list[RawFacility]:
    return list(read_facilities(Workbook(upload(content))))


def test_a_row_of_the_directory_is_read_with_its_number_in_the_sheet() -> None:
    (facility,) = read(facilities(a_facility(intake1="312-555-0101", intake2a="312-555-0102")))

    assert facility == RawFacility(
        row=2,
        name1="Harbor Light Recovery",
        name2="",
        street1="100 North Example Street",
        street2="",
        city="Chicago",
        state="IL",
        zip="60601",
        zip4="",
        phone="312-555-0100",
        intakes=("312-555-0101", "312-555-0102"),
        codes="SA DT * OP ORT * MD",
    )


@pytest.mark.parametrize(
    "header",
    [
        [name.upper() for name in COLUMNS],
        [name.title() for name in COLUMNS],
        [f" {name} " for name in COLUMNS],
        [*COLUMNS[:-1], "Service Code Info"],
        [*COLUMNS[:-1], "service codes"],
        [*COLUMNS[:-1], "SERVICE_CODE"],
        ["Name 1", "Name 2", "Street 1", "Street 2", *COLUMNS[4:]],
    ],
    ids=" ".join,
)
def test_every_edition_s_way_to_write_the_columns_is_understood(header: list[str]) -> None:
    row = list(a_facility().values())

    assert read(workbook(sheet([header, row]))) == read(facilities(a_facility()))


def test_an_older_edition_without_the_split_intake_columns_is_read() -> None:
    header = ["name1", "street1", "city", "state", "zip", "zip4", "phone", "intake1", "service_code_info"]
    row = ["Harbor Light", "1 A Street", "Chicago", "IL", "60601", "1234", "312-555-0100", "312-555-0101", "SA OP"]

    (facility,) = read(workbook(sheet([header, row])))

    assert (facility.name2, facility.street2, facility.zip4) == ("", "", "1234")
    assert facility.intakes == ("312-555-0101",)


def test_the_sheet_of_facilities_is_found_behind_others_and_below_a_title() -> None:
    code_sheet = sheet([["category_code", "service_code", "service_name"], ["TC", "SA", "Substance use treatment"]])
    title = [["National Directory"], [], list(COLUMNS), list(a_facility().values())]

    (facility,) = read(workbook(code_sheet, sheet(title)))

    assert (facility.row, facility.name1) == (4, "Harbor Light Recovery")


def test_a_zip_that_is_a_number_is_read_without_a_decimal_point() -> None:
    header = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in COLUMNS)
    row = '<c r="A2" t="inlineStr"><is><t>Harbor</t></is></c><c r="G2"><v>2139.0</v></c><c r="M2" t="str"><v>SA</v></c>'

    (facility,) = read(workbook(raw_sheet(f'<row r="1">{header}</row><row r="2">{row}</row>')))

    assert facility.zip == "2139"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (workbook(sheet([COLUMNS[:-1], list(a_facility().values())[:-1]])), "no column of service codes"),
        (facilities(a_facility(service_code_info=""), a_facility(service_code_info=" * ")), "empty in every row"),
        (facilities(), "empty in every row"),
        (workbook(sheet([["a", "b"], ["1", "2"]])), "name1, street1, city, state and zip"),
        (workbook(), "name1, street1, city, state and zip"),
    ],
    ids=["no code column", "no codes", "no rows", "another table", "no sheet"],
)
def test_a_workbook_without_what_is_needed_is_refused_with_what_to_do(content: bytes, told: str) -> None:
    with pytest.raises(UnreadableFile, match=f"{told}.*Choose SAMHSA's"):
        read(content)


def test_rows_before_the_first_codes_are_not_lost() -> None:
    read_rows = read(facilities(a_facility(service_code_info=""), a_facility(), a_facility(service_code_info="")))

    assert [facility.row for facility in read_rows] == [2, 3, 4]


@pytest.mark.parametrize("cell", ["SA DT * OP", "sa dt op", "SA,DT;OP", "SA  DT*OP *"])
def test_codes_are_taken_apart_whatever_stands_between_them(cell: str) -> None:
    assert service_codes(cell) == {"SA", "DT", "OP"}
