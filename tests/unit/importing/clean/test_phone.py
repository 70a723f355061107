"""Telephone numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.phone import Phone, PhoneKind
from finder.importing.clean.phone import read_phone, read_phones


@pytest.mark.parametrize(
    ("written", "number", "extension"),
    [
        ("312-555-0100", "+13125550100", ""),
        ("312-555-0100 x210", "+13125550100", "210"),
        ("(312) 555-0100 Ext. 5", "+13125550100", "5"),
        ("312.555.0100 ext 5", "+13125550100", "5"),
        ("312-555-0100 #7", "+13125550100", "7"),
        ("3125550100", "+13125550100", ""),
        ("1-312-555-0100", "+13125550100", ""),
        ("+1 312 555 0100", "+13125550100", ""),
        ("800-555HOPE", "+18005554673", ""),
        ("800-PARNEXT", "+18007276398", ""),
    ],
)
def test_a_number_is_read_however_it_is_written(written: str, number: str, extension: str) -> None:
    assert read_phone(written) == Phone(number, PhoneKind.MAIN, extension)


@pytest.mark.parametrize(
    "written",
    ["", "none", "555-0100", "000-000-0000", "112-555-0100", "312-155-0100", "312-555-0100 x12345678901", "9" * 500],
)
def test_a_number_that_nobody_could_dial_is_none(written: str) -> None:
    assert read_phone(written) is None


def test_a_number_in_micronesia_has_its_own_country_code() -> None:
    assert read_phone("691-350-2115 x123", state="FM") == Phone("+6913502115", PhoneKind.MAIN, "123")


def test_the_same_number_twice_is_one_number_of_the_first_kind() -> None:
    phones, impossible = read_phones([("312-555-0100", PhoneKind.MAIN), ("(312) 555-0100", PhoneKind.INTAKE)])

    assert phones == (Phone("+13125550100"),)
    assert impossible == 0


def test_one_number_with_two_extensions_is_two_ways_to_call() -> None:
    phones, _ = read_phones([("312-555-0100 x1", PhoneKind.MAIN), ("312-555-0100 x2", PhoneKind.INTAKE)])

    assert [phone.label for phone in phones] == ["312-555-0100 ext. 1", "312-555-0100 ext. 2"]


def test_two_numbers_in_one_cell_are_both_read_and_what_is_none_is_counted() -> None:
    phones, impossible = read_phones([("312-555-0100 or 312-555-0101; call us", PhoneKind.MAIN)])

    assert [phone.number for phone in phones] == ["+13125550100", "+13125550101"]
    assert impossible == 1


_area = st.from_regex(r"[2-9]\d{2}", fullmatch=True)


@given(_area, _area, st.from_regex(r"\d{4}", fullmatch=True), st.from_regex(r"\d{0,7}", fullmatch=True))
def test_a_number_read_from_its_own_label_is_the_same_number(
    area: str, exchange: str, line: str, extension: str
) -> None:
    digits = "".join(str(int(digit)) for digit in area + exchange + line)
    phone = Phone(f"+1{digits}", PhoneKind.MAIN, "".join(str(int(digit)) for digit in extension))

    assert read_phone(phone.label) == phone


@given(st.text(max_size=120))
def test_no_text_is_too_strange_to_be_read_for_numbers(text: str) -> None:
    phones, _ = read_phones([(text, PhoneKind.MAIN)])

    assert all(
        phone.number.startswith("+") and len(phone.number) <= 20 and len(phone.extension) <= 10 for phone in phones
    )
