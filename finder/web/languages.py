"""The languages of the pages: English at the root, Spanish below ``/es``, each page at the same path in both.

The address alone decides: a link that somebody shares opens in the language in which it was sent, and nothing about a
visitor, not even the browser's languages, is looked at.
"""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from babel.dates import format_date
from babel.support import NullTranslations, Translations
from flask import Blueprint, Flask, has_request_context, request, url_for

from finder.domain.vocabulary import DEFAULT_LANGUAGE

LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "es": "Español"})
"""What each language calls itself, by BCP 47 code, in the order of the switch."""

TRANSLATIONS = Path(__file__).parents[1] / "translations"


def init_app(app: Flask) -> None:
    """Translate by address, and tell templates the language and the addresses of pages.

    Raises ``FileNotFoundError`` with the mend where the translations have not been compiled.
    """
    for code in LANGUAGES:
        compiled = TRANSLATIONS / code / "LC_MESSAGES" / "messages.mo"
        if code != DEFAULT_LANGUAGE and not compiled.is_file():
            raise FileNotFoundError(f"{compiled} is missing: run `make setup`, which compiles the translations")
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined] # the extension's
    app.jinja_env.globals.update(language=language, languages=LANGUAGES, page_url=page_url, same_page=same_page)


def register(app: Flask, pages: Blueprint) -> None:
    """Serve the blueprint's pages in each language."""
    for code in LANGUAGES:
        app.register_blueprint(pages, url_prefix=_prefix(code) or None, name=_blueprint(pages.name, code))


def language() -> str:
    """The code of the language of the page that is asked for; outside of a request, the default's."""
    path = request.path if has_request_context() else ""
    return next((code for code in LANGUAGES if _is_below(path, _prefix(code))), DEFAULT_LANGUAGE)


def page_url(name: str, *, language_code: str | None = None, **values: Any) -> str:
    """The address of a public page in the language of the present one, or in another.

    ``name`` is the view's, without a blueprint: ``page_url("provider", slug="hope-house")``.
    """
    return url_for(f"{_blueprint('public', language_code or language())}.{name}", **values)


def same_page(code: str) -> str:
    """The address of the present page with all that was asked, in another language; of a form sent, the page alone."""
    blueprint, _, name = (request.endpoint or "").rpartition(".")
    if blueprint not in {_blueprint("public", each) for each in LANGUAGES}:
        return page_url("home", language_code=code)
    asked = f"?{request.query_string.decode('ascii', 'ignore')}" if request.query_string else ""
    return page_url(name, language_code=code, **(request.view_args or {})) + asked


def gettext(text: str, **values: object) -> str:
    """The text in the language of the page, its ``%(name)s`` filled in."""
    told = _translations(language()).gettext(text)
    return told % values if values else told


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """The same for a number of things, which ``%(num)s`` stands for."""
    return _translations(language()).ngettext(one, many, num) % {"num": num, **values}


class lazy_gettext:  # noqa: N801 (Babel looks for texts by this name)
    """A text that is translated when it is shown: for what is written down before there is a page."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __str__(self) -> str:
        return gettext(self._text)

    def __mod__(self, values: object) -> str:
        return str(self) % values


def date_in_words(date: dt.date) -> str:
    """A date that can't be misread: "November 22, 2026", "22 de noviembre de 2026"."""
    return format_date(date, "long", locale=language())


@cache
def _translations(code: str) -> NullTranslations:
    return NullTranslations() if code == DEFAULT_LANGUAGE else Translations.load(TRANSLATIONS, [code])


@cache
def _prefix(code: str) -> str:
    return "" if code == DEFAULT_LANGUAGE else f"/{code}"


@cache
def _blueprint(name: str, code: str) -> str:
    return name if code == DEFAULT_LANGUAGE else f"{name}_{code}"


def _is_below(path: str, prefix: str) -> bool:
    return bool(prefix) and (path == prefix or path.startswith(f"{prefix}/"))
