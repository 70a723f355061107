"""Telephone numbers of a listing."""

from dataclasses import dataclass
from enum import StrEnum

_NORTH_AMERICAN_DIGITS = 12  # "+1" and ten digits


class PhoneKind(StrEnum):
    """What a number is for."""

    MAIN = "main"
    INTAKE = "intake"
    HOTLINE = "hotline"
    TTY = "tty"
    TEXT = "text"


@dataclass(frozen=True, slots=True, order=True)
class Phone:
    """One number: ``number`` in E.164 ("+12025550123"), ``extension`` as digits or empty."""

    number: str
    kind: PhoneKind = PhoneKind.MAIN
    extension: str = ""

    @property
    def national(self) -> str:
        """The number as people in the United States write it: "202-555-0123", a foreign one in E.164."""
        if self.number.startswith("+1") and len(self.number) == _NORTH_AMERICAN_DIGITS:
            return f"{self.number[2:5]}-{self.number[5:8]}-{self.number[8:]}"
        return self.number

    @property
    def label(self) -> str:
        """The number with its extension, to be read: "202-555-0123 ext. 210"."""
        return f"{self.national} ext. {self.extension}" if self.extension else self.national

    @property
    def href(self) -> str:
        """A ``tel:`` address (RFC 3966); a phone dials the extension too."""
        return f"tel:{self.number};ext={self.extension}" if self.extension else f"tel:{self.number}"
