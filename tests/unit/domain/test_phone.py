"""Telephone numbers, as people read them and as telephones dial them."""

from finder.domain.phone import Phone, PhoneKind


def test_a_number_reads_as_people_write_it_here() -> None:
    assert Phone("+12025550123").label == "202-555-0123"


def test_an_extension_is_read_and_dialled_with_the_number() -> None:
    phone = Phone("+12025550123", PhoneKind.INTAKE, "210")

    assert phone.label == "202-555-0123 ext. 210"
    assert phone.href == "tel:+12025550123;ext=210"


def test_a_number_without_an_extension_is_dialled_as_it_is() -> None:
    assert Phone("+12025550123").href == "tel:+12025550123"


def test_a_number_of_another_country_keeps_its_country_code() -> None:
    assert Phone("+441632960001").label == "+441632960001"
