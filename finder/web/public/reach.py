"""How the pages are found: what robots may read, and a map of the site for them. Once, not once a language.

The map leaves out listings that are made up, searches, and lists that somebody chose. Its files hold the listings by
ranges of their row ids, so that each is one short query however large the directory, and a listing stays in its file.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from flask import Blueprint, Response, abort, request, url_for
from markupsafe import Markup, escape
from sqlalchemy import Select, func, select

from finder.domain.listing import Status
from finder.domain.vocabulary import DEFAULT_LANGUAGE
from finder.extensions import db
from finder.models import Provider, Source
from finder.orientation.topics import load_topics
from finder.web.languages import LANGUAGES, page_url, same_page

blueprint = Blueprint("reach", __name__)

LISTINGS_A_FILE = 10_000
"""Two addresses each: a file may have 50,000, and no more than 50 MB, which long names would fill sooner."""

_PAGES = ("home", "guide", "topics", "open_data")

# What people looked for or chose is nobody else's to list; forms and what answers our scripts say nothing there.
_NOT_FOR_ROBOTS = ("/search", "/map", "/places.json", "/shortlist", "/providers/*/report", "/confirm/")

_SLUG, _DAY = "SLUG", "DAY"  # stand where a listing's slug and day go while the text of an entry is made
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What robots may not read, and where the map is."""
    starts = [page_url("home", language_code=code).rstrip("/") for code in LANGUAGES]
    lines = [
        "User-agent: *",
        *(f"Disallow: {start}{path}" for start in starts for path in _NOT_FOR_ROBOTS),
        f"Sitemap: {_address('sitemap')}",
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """The files of the map, each with the day of its last change."""
    file = (Provider.id // LISTINGS_A_FILE).label("file")
    files = db.session.execute(_listed(file, func.max(Provider.updated_at)).group_by(file).order_by(file)).all()
    maps = [(_address("sitemap_of_pages"), max(topic.last_reviewed for topic in load_topics()))]
    maps += [(_address("sitemap_of_places", number=number), changed) for number, changed in files]
    entries = (f"<sitemap><loc>{url}</loc>{_lastmod(day)}</sitemap>\n" for url, day in maps)
    return _xml(f'<sitemapindex xmlns="{_SITEMAPS}">\n', entries, "</sitemapindex>\n")


@blueprint.get("/sitemap-pages.xml")
def sitemap_of_pages() -> Response:
    """The pages that are there whatever is listed, and the topics."""
    pages = (_in_each_language("", name) for name in _PAGES)
    topics = (_in_each_language(_lastmod(topic.last_reviewed), "topic", slug=topic.slug) for topic in load_topics())
    return _urls([*pages, *topics])


@blueprint.get("/sitemap-places-<int(max=99999):number>.xml")
def sitemap_of_places(number: int) -> Response:
    """The pages of the listings whose row ids are in one range."""
    first = number * LISTINGS_A_FILE
    in_range = (Provider.id >= first, Provider.id < first + LISTINGS_A_FILE)
    query = _listed(Provider.slug, Provider.updated_at).where(*in_range).order_by(Provider.id)
    # Two short values each, all read at once: a slow reader of a stream would keep a connection to the database busy.
    rows = db.session.execute(query).all()
    if not rows:
        abort(404)
    entry = _in_each_language(f"<lastmod>{_DAY}</lastmod>", "provider", slug=_SLUG)
    return _urls(entry.replace(_SLUG, slug).replace(_DAY, _day(changed)) for slug, changed in rows)


@blueprint.app_template_global()
def canonical() -> str:
    """The one address of the present page that others should know, without what was asked."""
    return request.base_url


@blueprint.app_template_global()
def in_each_language() -> Mapping[str, str]:
    """The address of the present page in each language, by code."""
    return {code: urljoin(request.url_root, same_page(code).partition("?")[0]) for code in LANGUAGES}


def _listed(*columns: Any) -> Select[Any]:
    real = (Provider.status == Status.PUBLISHED, Source.fictional.is_(False))
    return select(*columns).join(Source, Source.key == Provider.source_key).where(*real)


def _in_each_language(lastmod: str, name: str, **values: str) -> str:
    urls = {code: escape(page_url(name, language_code=code, _external=True, **values)) for code in LANGUAGES}
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{url}"/>'
        for code, url in [*urls.items(), ("x-default", urls[DEFAULT_LANGUAGE])]
    )
    return "".join(f"<url><loc>{url}</loc>{lastmod}{others}</url>\n" for url in urls.values())


def _address(view: str, **values: Any) -> Markup:
    return escape(url_for(f"{blueprint.name}.{view}", _external=True, **values))


def _urls(entries: Iterable[str]) -> Response:
    return _xml(f'<urlset xmlns="{_SITEMAPS}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n', entries, "</urlset>\n")


def _xml(start: str, entries: Iterable[str], end: str) -> Response:
    def text() -> Iterator[str]:
        yield _XML + start
        yield from entries
        yield end

    return Response(text(), mimetype="application/xml")


def _lastmod(changed: dt.date) -> str:
    return f"<lastmod>{_day(changed)}</lastmod>"


def _day(changed: dt.date) -> str:
    return f"{changed:%Y-%m-%d}"
