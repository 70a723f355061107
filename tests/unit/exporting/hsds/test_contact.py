"""Telephone numbers and addresses of the web."""

import uuid

import pytest

from finder.domain.phone import PhoneKind
from finder.exporting.hsds.contact import email_address, phones, web_address
from finder.models import Provider, ProviderPhone


@pytest.mark.parametrize(
    ("kind", "extension", "told"),
    [
        (PhoneKind.MAIN, "", {"type": "voice", "description": "Main number"}),
        (PhoneKind.INTAKE, "210", {"type": "voice", "description": "Intake", "extension": 210}),
        (PhoneKind.INTAKE, "007", {"type": "voice", "description": "Intake, extension 007", "extension": 7}),
        (PhoneKind.HOTLINE, "0", {"type": "voice", "description": "Hotline", "extension": 0}),
        (PhoneKind.TTY, "", {"type": "textphone", "description": "TTY"}),
        (PhoneKind.TEXT, "", {"type": "text", "description": "Text messages"}),
    ],
)
def test_a_number_says_what_it_is_for(kind: PhoneKind, extension: str, told: dict[str, object]) -> None:
    row = ProviderPhone(position=0, number="+13125550123", kind=kind, extension=extension)
    (phone,) = phones(Provider(public_id=uuid.UUID(int=1), phones=[row]))

    assert {name: phone.get(name) for name in ("number", *told)} == {"number": "+13125550123", **told}
    assert ("extension" in phone) == ("extension" in told)


def test_only_what_a_program_can_open_is_called_an_address() -> None:
    good = ["https://lakeview.example/", "http://lakeview.example/a?b=c#d"]
    bad = [
        "",
        "lakeview.example",
        "javascript:alert(1)",
        "https://",
        "https://a b.example",
        "http://[",
        "https://ñ.example",
    ]

    assert [web_address(text) for text in good] == good
    assert {web_address(text) for text in bad} == {""}
    assert email_address("help@lakeview.example") == "help@lakeview.example"
    assert {email_address(text) for text in ("", "help", "@lakeview.example", "help@", "a b@c.example")} == {""}
