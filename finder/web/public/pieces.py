"""Markup that a template makes once for each language, with room left for what differs from page to page.

A page of results is joined from such pieces, which takes a tenth of the time that its template would. They are kept as
they are sent, in UTF-8: one curly quote makes a text of Python's four times as slow to encode.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from html import escape

from flask import current_app, get_template_attribute, render_template, request

from finder.web.languages import language, page_url
from finder.web.wording import Said, said

_SLOT = re.compile("\x00([a-z_]+)\x00")  # what no page holds, since HTML may not
_QUERY = "%00query%00"  # a slot as it stands in an address


def slot(name: str) -> str:
    """What stands in a template where something is to be filled in later."""
    return f"\x00{name}\x00"


class Html(bytes):
    """Markup in UTF-8. Templates take it for what it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self.decode()


class Piece:
    """Markup with slots; `fill` gives the whole."""

    def __init__(self, markup: str) -> None:
        parts = _SLOT.split(markup)
        self._format = b"%b".join(part.encode().replace(b"%", b"%%") for part in parts[::2])
        self._slots = tuple(parts[1::2])

    def fill(self, **values: object) -> Html:
        """The markup with these values in its slots, escaped unless they are markup."""
        return Html(self._format % tuple([_in_html(values[name]) for name in self._slots]))


def _in_html(value: object) -> bytes:
    if isinstance(value, Html):
        return value
    as_html = getattr(value, "__html__", None)
    text: str = as_html() if as_html else escape(str(value))
    return text.encode()


class Pieces:
    """The macros of a template in one language: ``pieces_of("components/results.html")("chip", label=..., query=...)``.

    A macro is called once, with slots; so it can't decide anything by a value.
    """

    def __init__(self, template: str) -> None:
        self._template = template
        self._made: dict[str, Piece] = {}

    def __call__(self, macro: str, **values: object) -> Html:
        """The macro's markup with these values."""
        piece = self._made.get(macro)
        if piece is None:
            made = get_template_attribute(self._template, macro)(**{name: slot(name) for name in values})
            piece = self._made[macro] = Piece(str(made))
        return piece.fill(**values)


def pieces_of(template: str) -> Pieces:
    """The pieces of a template in the language of the page."""
    return _pieces(template, language())


@cache
def _pieces(template: str, _language: str) -> Pieces:
    return Pieces(template)


def joined(pieces: Iterable[bytes]) -> Html:
    """Pieces of markup behind each other."""
    return Html(b"".join(pieces))


def filled_page(template: str, view: str, **values: object) -> Html:
    """A whole page with these values, made once for each language by its template, frame and all, with slots.

    It is made in a request of its own to ``view``, which knows nothing of any visitor; only what this visitor asked for
    is put into the links that lead to the same page in other languages.
    """
    pages: dict[tuple[object, ...], tuple[Said, Piece]] = current_app.extensions.setdefault("pages_with_slots", {})
    # This and what administrators say are all that may change in the frame while the program runs.
    shows_demonstration: Callable[[], bool] = current_app.jinja_env.globals["shows_demonstration"]  # type: ignore[assignment] # it is
    key = (template, language(), shows_demonstration())
    made_for, page = pages.get(key, (None, None))
    if page is None or made_for is not said():
        with current_app.test_request_context(f"{page_url(view)}?{_QUERY}"):
            made = render_template(template, **{name: slot(name) for name in values})
        page = Piece(made.replace(_QUERY, slot("query")))
        pages[key] = said(), page
    return page.fill(query=request.query_string.decode("ascii", "ignore"), **values)
