"""Telephone numbers, and addresses of the web that deserve the name."""

from urllib.parse import urlsplit

from finder.domain.phone import Phone, PhoneKind
from finder.exporting.hsds.ids import part_id, service_id
from finder.exporting.hsds.telling import Data, said
from finder.models import Provider

_TYPES = {PhoneKind.TTY: "textphone", PhoneKind.TEXT: "text"}  # the rest are "voice" (RFC 6350, 6.4.1)
_WORDS = {
    PhoneKind.MAIN: "Main number",
    PhoneKind.INTAKE: "Intake",
    PhoneKind.HOTLINE: "Hotline",
    PhoneKind.TTY: "TTY",
    PhoneKind.TEXT: "Text messages",
}


def phones(listing: Provider) -> list[Data]:
    """The numbers in the order in which to try them."""
    return [_phone(listing, row.position, row.value) for row in listing.phones]


def _phone(listing: Provider, position: int, phone: Phone) -> Data:
    # The schema's extension is a number, which can't begin with 0 as some extensions do.
    as_number = int(phone.extension) if phone.extension else None
    is_whole = str(as_number) == phone.extension
    words = _WORDS[phone.kind]
    return said(
        id=part_id(listing, f"phone {position}"),
        service_id=service_id(listing),
        number=phone.number,
        extension=as_number,
        type=_TYPES.get(phone.kind, "voice"),
        description=words if is_whole or not phone.extension else f"{words}, extension {phone.extension}",
    )


def web_address(text: str) -> str:
    """The text if it is an address of the web, which a schema with ``format: uri`` may take."""
    try:
        address = urlsplit(text)
    except ValueError:
        return ""
    is_one = address.scheme in {"http", "https"} and address.netloc and text.isascii() and text.isprintable()
    return text if is_one and " " not in text else ""


def email_address(text: str) -> str:
    """The text if it can be an e-mail address."""
    name, _, host = text.rpartition("@")
    return text if name and host and " " not in text else ""
