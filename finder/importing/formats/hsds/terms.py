"""Taxonomy terms and all else that says whom a service helps, and with what, as tags."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from finder.domain.vocabulary import KIND_OF_CARE, LEVEL_OF_CARE, Code, Facet, Tag, vocabulary
from finder.importing.formats.hsds.entry import Entry
from finder.importing.formats.hsds.labels import (
    tags_of_code,
    tags_of_language,
    tags_of_list,
    tags_of_people,
    tags_of_words,
)
from finder.importing.formats.hsds.values import Thing, line, number, thing_in, things
from finder.importing.formats.hsds.where import is_virtual
from finder.importing.meetings.meeting import ATTENDANCE, IN_PERSON, ONLINE

_LONGEST_CODE = 60
_ABOUT_SUBSTANCE_USE = re.compile(
    r"\b(?:addict|alcohol|al-anon|detox|drinking|drug|heroin|fentanyl|methadone|naloxone|narcotic|opiate|opioid|"
    r"overdose|rehab|sober|sobriety|suboxone|substance|withdrawal|12[- ]step|twelve[- ]step)",
    re.IGNORECASE,
)
_OUR_CODE = re.compile(r"[a-z_]{1,30}:[a-z0-9_]{1,40}")
_FREE = Tag(Facet("payment_help"), Code("free"))


@dataclass(slots=True)
class Said:
    """The tags that an entry has, and the terms that we don't know."""

    tags: set[Tag] = field(default_factory=set)
    unknown: dict[str, None] = field(default_factory=dict)

    def take(self, tags: Iterable[Tag] | None, name: str) -> None:
        """Take what a term called so says; ``None`` is what nobody knows."""
        if tags is None:
            self.unknown[name[:_LONGEST_CODE]] = None
        else:
            self.tags.update(tags)


def read_tags(entry: Entry) -> Said:
    """What the entry says in terms. Words beside them are only read where it isn't in our own terms."""
    said = Said()
    for attribute in _attributes(entry):
        _take_term(attribute, said)
    if not entry.is_ours:
        _take_words(entry, said)
        _complete(entry, said)
    return said


def is_about_substance_use(entry: Entry, tags: Iterable[Tag]) -> bool:
    """Whether anything in it says that it is: directories of human services list food and shelter as well."""
    if any(tag.facet in {LEVEL_OF_CARE, "fellowship", "medication", "substance", "detox_from"} for tag in tags):
        return True
    terms = (line(thing_in(each, "taxonomy_term"), "name") for each in _attributes(entry))
    words = (line(entry.service, "name"), line(entry.service, "description"), entry.organization_name, *terms)
    return any(_ABOUT_SUBSTANCE_USE.search(text) for text in words)


def _attributes(entry: Entry) -> Iterator[Thing]:
    for thing in (entry.service, entry.at_location, entry.location):
        yield from things(thing, "attributes")


def _take_term(attribute: Thing, said: Said) -> None:
    term = thing_in(attribute, "taxonomy_term")
    code = line(term, "code")
    if code in _our_codes():
        said.tags.add(_our_codes()[code])
        return
    name = line(term, "name") or line(attribute, "label")
    if line(attribute, "value") and (not code or code.startswith("fact:")):
        pass  # a fact beside the terms
    elif _OUR_CODE.fullmatch(code):
        said.take(None, code)
    elif code or name:
        known = tags_of_code(code)
        said.take(tags_of_words(name) if known is None else known, code or name)


@cache
def _our_codes() -> Mapping[str, Tag]:
    return {str(term.tag): term.tag for facet in vocabulary().facets for term in facet.terms}


def _take_words(entry: Entry, said: Said) -> None:
    for language in (*things(entry.service, "languages"), *things(entry.location, "languages")):
        code, name = line(language, "code"), line(language, "name")
        if code or name:
            said.take(tags_of_language(code, name), name or code)
    for access in things(entry.location, "accessibility"):
        said.tags |= tags_of_list(line(access, "description")) | tags_of_list(line(access, "details"))
    for whom in things(entry.service, "eligibility"):
        said.tags |= tags_of_people(line(whom, "eligibility"))
    for pay in things(entry.service, "payments_accepted"):
        said.tags |= tags_of_list(line(pay, "payment"))
    said.tags |= tags_of_people(line(entry.service, "eligibility_description"))
    said.tags |= tags_of_list(line(entry.service, "accreditations")) | tags_of_list(line(entry.service, "licenses"))
    said.tags |= tags_of_list(line(entry.organization, "tax_status"))
    said.tags |= tags_of_list(line(entry.organization, "legal_status"))
    _take_costs(entry, said)


def _take_costs(entry: Entry, said: Said) -> None:
    options = list(things(entry.service, "cost_options"))
    for words in (line(entry.service, "fees_description"), line(entry.service, "fees")):
        said.tags |= tags_of_list(words)
    for option in options:
        said.tags |= tags_of_list(line(option, "option")) | tags_of_list(line(option, "amount_description"))
    if options and all(number(option, "amount") == 0 for option in options):
        said.tags.add(_FREE)


def _complete(entry: Entry, said: Said) -> None:
    """What follows from what was said: the level of a kind of care, and how one attends."""
    for tag in list(said.tags):
        if tag.facet == KIND_OF_CARE and (level := vocabulary().term(*tag).level):
            said.tags.add(Tag(LEVEL_OF_CARE, level))
    if all(tag.facet != ATTENDANCE for tag in said.tags):
        said.tags.add(ONLINE if is_virtual(entry) else IN_PERSON)
