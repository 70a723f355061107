"""Topic pages: one Markdown file a topic and language, reviewed like code, shown even when the database is down."""

from datetime import date
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from pydantic.dataclasses import dataclass

from finder.orientation.content import (
    CHECKED,
    ContentError,
    SecureUrl,
    Words,
    checked,
    language_folder,
    parse_toml,
    read_text,
)

TOPICS = Path(__file__).parent / "topics"
FENCE = "+++\n"

READING_ORDER = (
    "benzodiazepines",
    "alcohol",
    "opioids",
    "stimulants",
    "several-or-not-sure",
    "kinds-of-care",
    "therapies",
    "steps-to-help",
    "the-call",
    "warning-signs",
    "paying-and-rights",
    "helping-someone-else",
    "safe-use-and-storage",
    "your-privacy",
)

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True, slots=True, kw_only=True, config=CHECKED)
class Source:
    """Where a topic's statements stand. ``year`` is None for a page that its publisher keeps up to date."""

    title: Words
    publisher: Words
    url: SecureUrl
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=CHECKED)
class Topic:
    """One topic page in one language. ``body_html`` is safe to print as it is; its headings start at h2."""

    slug: str
    language: str
    title: Words
    summary: Words
    body_html: Words
    sources: tuple[Source, ...]
    last_reviewed: date
    review_by: date

    def is_due(self, today: date) -> bool:
        """Whether the page must be reviewed: its ``review_by`` day has come."""
        return today >= self.review_by


@cache
def load_topics(language: str = "en") -> tuple[Topic, ...]:
    """Every topic in reading order. Raises UnknownLanguageError, or ContentError naming the file at fault."""
    folder = language_folder(TOPICS, language)
    return tuple(read_topic(folder / f"{slug}.md") for slug in READING_ORDER)


def read_topic(path: Path) -> Topic:
    """One topic from ``<language>/<slug>.md``: TOML between two ``+++`` lines, then Markdown."""
    opening, front, body = _parts(path)
    if opening.strip():
        raise ContentError(f"{path}: must begin with a +++ line")
    data = {
        **parse_toml(front, path),
        "slug": path.stem,
        "language": path.parent.name,
        "body_html": _render(body, path),
    }
    topic = checked(Topic, data, path)
    if not topic.sources:
        raise ContentError(f"{path}: has no sources")
    if topic.review_by <= topic.last_reviewed:
        raise ContentError(f"{path}: review_by must come after last_reviewed")
    return topic


def _parts(path: Path) -> tuple[str, str, str]:
    parts = read_text(path).split(FENCE, maxsplit=2)
    if len(parts) != 3:
        raise ContentError(f"{path}: needs TOML between two +++ lines, then text")
    return parts[0], parts[1], parts[2]


def _render(body: str, path: Path) -> str:
    if any(token.type == "heading_open" and token.tag == "h1" for token in MARKDOWN.parse(body)):
        raise ContentError(f"{path}: headings start at ## because the page's title is its only h1")
    return str(MARKDOWN.render(body))
