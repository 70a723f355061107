"""The first screen's words, as data that a template lays out. The phone numbers come from ``helplines``."""

from functools import cache
from typing import Literal

from pydantic.dataclasses import dataclass

from finder.orientation.content import CHECKED, Words, checked, language_folder, parse_toml, read_text
from finder.orientation.topics import TOPICS


@dataclass(frozen=True, slots=True, kw_only=True, config=CHECKED)
class DangerSigns:
    """When to call 911: a heading, a lead, and the signs that each complete the lead."""

    heading: Words
    lead: Words
    signs: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=CHECKED)
class StopWarning:
    """Why nobody should stop benzodiazepines or alcohol suddenly on their own."""

    heading: Words
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True, config=CHECKED)
class KindOfHelp:
    """One of the four kinds of help; ``code`` is its code in the level_of_care facet."""

    code: Literal["detox", "inpatient", "outpatient", "support_group"]
    name: Words
    summary: Words


@dataclass(frozen=True, slots=True, kw_only=True, config=CHECKED)
class KindsOfHelp:
    """The kinds of help in the order in which people usually meet them."""

    heading: Words
    note: Words
    kinds: tuple[KindOfHelp, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=CHECKED)
class FirstScreen:
    """Everything the first screen says. ``short`` stands above results that were opened from a shared link."""

    title: Words
    short: Words
    danger: DangerSigns
    warning: StopWarning
    kinds_of_help: KindsOfHelp


@cache
def load_first_screen(language: str = "en") -> FirstScreen:
    """The words in one language. Raises UnknownLanguageError, or ContentError naming the file."""
    path = language_folder(TOPICS, language) / "first-screen.toml"
    return checked(FirstScreen, parse_toml(read_text(path), path), path)
