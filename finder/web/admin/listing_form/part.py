"""What the parts of the form of a listing have in common.

A part knows the facts that the form was filled in with. What somebody leaves as it was shown stays exactly as it was,
even if it could not be typed today: an old mistake in one fact keeps nobody from mending another.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from wtforms import Field

from finder.importing.clean.text import tidy
from finder.web.account.forms import PlainForm, complain
from finder.web.languages import gettext

Facts = Mapping[str, Any]
EnumCode = TypeVar("EnumCode", bound=StrEnum)
MOST_ROWS = 200
_WEB = re.compile(r"https?://[^\s/@]+\.[^\s/@]+(/\S*)?", re.IGNORECASE)


class Faulty(list[Field]):
    """The fields of which something is wrong, those of rows too, as the summary above the form wants them."""

    @property
    def errors(self) -> bool:
        """Whether there are any."""
        return bool(self)


class Part(PlainForm):
    """Some fields of the form. ``before`` are the facts that it was filled in with."""

    def __init__(self, before: Facts, formdata: Any = None, **options: Any) -> None:
        self.before = before
        self.faulty = Faulty()
        super().__init__(formdata, data=self.shown(before), **options)

    @classmethod
    def shown(cls, facts: Facts) -> dict[str, Any]:  # noqa: ARG003 (each part adds its own)
        """What the fields hold for these facts, by name."""
        return {}

    def said(self, moment: dt.datetime) -> dict[str, Any]:  # noqa: ARG002 (as above)
        """The facts that the fields tell at a moment; a field that tells none says what is wrong with it."""
        return {}

    def complain(self, field: Field, message: str) -> None:
        """Say beside a field what is wrong with it; what was said first stands."""
        if field not in self.faulty:
            complain(field, message)
            self.faulty.append(field)

    def typed(self, field: Field, longest: int) -> str:
        """The text of a field in one line, as we keep it."""
        return self.short_enough(field, tidy(field.data or ""), longest)

    def typed_lines(self, field: Field, longest: int) -> str:
        """The text of a field of several lines, as we keep it."""
        lines = [tidy(line) for line in one_kind_of_line_end(field.data).split("\n")]
        return self.short_enough(field, "\n".join(lines).strip(), longest)

    def web_address(self, field: Field, longest: int) -> str:
        """The address of a page, with https:// before one that was typed without; empty where none was."""
        text = tidy(field.data or "")
        address = text if "://" in text or not text else f"https://{text}"
        if address and not _WEB.fullmatch(address):
            self.complain(field, gettext("Enter a web address, such as https://example.org"))
        return self.short_enough(field, address, longest)

    def code(self, field: Field, codes: type[EnumCode], message: str) -> EnumCode | None:
        """The chosen code, or ``None`` and a complaint."""
        try:
            return codes(field.data)
        except ValueError:
            self.complain(field, message)
            return None

    def whole_number(self, field: Field, most: int) -> int | None:
        """The number from 0 to ``most`` that was typed; ``None`` where there is none or it can't be one."""
        text = tidy(field.data or "")
        if not text:
            return None
        if text.isascii() and text.isdigit() and int(text[:9]) <= most:
            return int(text)
        self.complain(field, gettext("Enter a whole number from 0 to %(most)s", most=most))
        return None

    def short_enough(self, field: Field, text: str, longest: int) -> str:
        """The text; the field complains where it is too long to be kept."""
        if len(text) > longest:
            self.complain(
                field, gettext("Use at most %(most)s characters. These are %(used)s", most=longest, used=len(text))
            )
        return text


def in_one_line(text: str | None) -> str:
    """The text as a browser sends it back from a field of one line, which has no line ends."""
    return (text or "").replace("\r", "").replace("\n", "")


def one_kind_of_line_end(text: str | None) -> str:
    """The text with the line ends of our own, where a browser sends those of its own."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n")


def rows_typed(rows: Any, names: tuple[str, ...], is_empty: Callable[[tuple[str, ...]], bool]) -> list[tuple[Any, ...]]:
    """Each row that isn't empty, as (its form, what was typed into the fields with these names)."""
    typed = [(row.form, tuple(in_one_line(row.form[name].data) for name in names)) for row in rows]
    return [(form, texts) for form, texts in typed if not is_empty(texts)]
