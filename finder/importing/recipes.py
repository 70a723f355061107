"""How each format is imported: from what is kept of a source to an `Import`."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from finder.importing.bounds import UnreadableFile, Upload
from finder.importing.format import Format
from finder.importing.formats.bmlt import Bmlt
from finder.importing.formats.bmlt_addresses import bmlt_addresses
from finder.importing.formats.findtreatment import SOURCE_KEY as LOCATOR_KEY
from finder.importing.formats.findtreatment import FindTreatment
from finder.importing.formats.hsds import LONGEST_VALUE, Hsds
from finder.importing.formats.json_rows import LONGEST_ROW
from finder.importing.formats.meeting_guide import MeetingGuide
from finder.importing.formats.table import Table
from finder.importing.formats.table_columns import columns_from_json
from finder.importing.gone import Rules
from finder.importing.meetings import FeedFacts
from finder.importing.pages import Paging
from finder.importing.pipeline import Import
from finder.importing.samhsa import SOURCE_KEY as SAMHSA_KEY
from finder.importing.samhsa_directory import MENTAL_HEALTH_KEY, SamhsaDirectory
from finder.models import Source

MOST_CHANGES = 0.2
"""A feed that loses or changes more than this share of its listings is believed only when a person says so."""

COLUMNS = "columns"
"""What a source of tables keeps of theirs, as `finder.importing.formats.table_columns.Columns.as_json` has it."""

AS_OF, RETIRE_GONE, ALLOW_MANY_CHANGES = "as_of", "retire_gone", "allow_many_changes"
"""Options of one import: an ISO date, and two that are true or false. A source may have them too, for all imports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a format is made of: the source, its ``options`` with those of this import, the files beside the first, and
    the day ``as_of`` of facts that bear no date.
    """

    source: Source
    options: Mapping[str, Any]
    beside: Sequence[Upload]
    as_of: dt.date | None
    today: dt.date


def _itself(address: str) -> Sequence[str]:
    return (address,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A format as an administrator chooses it: what it is called and explained as, and which files are taken.

    ``options`` name what a source of this format keeps. ``beside`` tells of each further file what it is; unless the
    format ``needs_beside`` all of them, they may be left out. ``addresses`` gives those of all files, the first one's
    first, from a source's own; of a format without it nothing is fetched. The first may come in pages, by ``paging``. A
    file that is ``whole`` has all that its source lists, so what it lacks is gone. Only the source with the key
    ``only_source`` has this format, where there is one.
    """

    key: str
    name: str
    explanation: str
    endings: tuple[str, ...]
    make: Callable[[Given], Format]
    options: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    needs_beside: bool = True
    addresses: Callable[[str], Sequence[str]] | None = _itself
    paging: Paging | None = None
    is_whole: bool = True
    most_changes: float | None = MOST_CHANGES
    only_source: str = ""

    @property
    def can_be_fetched(self) -> bool:
        """Whether a source of this format may have an address."""
        return self.addresses is not None


def import_of(source: Source, options: Mapping[str, Any], *, beside: Sequence[Upload] = (), today: dt.date) -> Import:
    """How a file of this source is imported. ``options`` are those of this one import.

    Raises `UnreadableFile` for a source without a format, and where a file beside the first is missing.
    """
    recipe = recipe_of(source)
    check_beside(recipe, len(beside))
    said = {**source.options, **options}
    as_of = dt.date.fromisoformat(said[AS_OF]) if said.get(AS_OF) else None
    made = recipe.make(Given(source=source, options=said, beside=beside, as_of=as_of, today=today))
    return Import(file_format=made, source=source, rules=_rules(recipe, said))


def recipe_of(source: Source) -> Recipe:
    """The recipe of a source's format. Raises `UnreadableFile` where it has none that we know."""
    if source.format not in FORMATS:
        raise UnreadableFile(f"Nobody said in which format {source.name} is. Choose its format first.")
    return FORMATS[source.format]


def check_beside(recipe: Recipe, files: int) -> None:
    """Raise `UnreadableFile` where this is another number of files beside the first than the format has."""
    if files > len(recipe.beside) or (recipe.needs_beside and files < len(recipe.beside)):
        raise UnreadableFile(f"Beside the first file this format has {' and '.join(recipe.beside) or 'no other'}.")


def _rules(recipe: Recipe, said: Mapping[str, Any]) -> Rules:
    return Rules(
        whole=recipe.is_whole,
        retire_gone=recipe.is_whole and bool(said.get(RETIRE_GONE)),
        most_changes=None if said.get(ALLOW_MANY_CHANGES) else recipe.most_changes,
    )


def _feed_facts(given: Given, fellowship: str) -> FeedFacts:
    return FeedFacts(source=given.source.key, fellowship=fellowship, as_of=given.as_of, today=given.today)


def _table(given: Given) -> Table:
    kept = given.options.get(COLUMNS)
    try:
        columns = columns_from_json(kept) if kept else None
    except ValueError as error:
        raise UnreadableFile(
            f"What was kept of the columns can't be read: {error}. Say again what they mean."
        ) from error
    return Table(source=given.source.key, columns=columns, as_of=given.as_of, today=given.today)


def _samhsa_directory(given: Given) -> SamhsaDirectory:
    source = given.source.key
    return SamhsaDirectory(as_of=given.as_of, today=given.today, beside=given.beside, source=source)


FORMATS: Mapping[str, Recipe] = {
    recipe.key: recipe
    for recipe in (
        Recipe(
            key=SAMHSA_KEY,
            name="SAMHSA's national directory",
            explanation="The workbook of treatment facilities in the United States, as samhsa.gov has it.",
            endings=(".xlsx",),
            make=_samhsa_directory,
            beside=("SAMHSA's other directory, of mental health facilities",),
            needs_beside=False,
            # From one edition to the next two of three facilities change: no share is too large to be believed.
            most_changes=None,
            only_source=SAMHSA_KEY,
        ),
        Recipe(
            key=MENTAL_HEALTH_KEY,
            name="SAMHSA's mental health directory, alone",
            explanation="The workbook of mental health facilities. With the national directory, import both together.",
            endings=(".xlsx",),
            make=_samhsa_directory,
            most_changes=None,
            only_source=MENTAL_HEALTH_KEY,
        ),
        Recipe(
            key=LOCATOR_KEY,
            name="FindTreatment.gov",
            explanation="Facilities as SAMHSA's locator exports them (JSON of exportsAsJson), a part of the country.",
            endings=(".json",),
            make=lambda given: FindTreatment(as_of=given.as_of),
            paging=Paging(number="page", pages="totalPages", items="recordCount", rows="rows", longest=LONGEST_ROW),
            is_whole=False,
            only_source=LOCATOR_KEY,
        ),
        Recipe(
            key="meeting-guide",
            name="Meeting Guide",
            explanation="A feed of meetings (JSON) of AA or another fellowship, as its office publishes it.",
            endings=(".json",),
            make=lambda given: MeetingGuide(_feed_facts(given, given.options.get("fellowship", "aa"))),
            options=("fellowship",),
        ),
        Recipe(
            key="bmlt",
            name="BMLT",
            explanation="Meetings of Narcotics Anonymous (JSON of GetSearchResults) from one server.",
            endings=(".json",),
            make=lambda given: Bmlt(
                facts=_feed_facts(given, "na"), formats=given.beside[0], service_bodies=given.beside[1]
            ),
            beside=("what the server answers to GetFormats", "what it answers to GetServiceBodies"),
            addresses=bmlt_addresses,
        ),
        Recipe(
            key="hsds",
            name="Open Referral HSDS",
            explanation="A directory of human services: JSON of its interface, or a zip archive of its tables (CSV).",
            endings=(".json", ".ndjson", ".jsonl", ".zip"),
            make=lambda given: Hsds(source=given.source.key, as_of=given.as_of, today=given.today),
            paging=Paging(
                number="page_number",
                pages="total_pages",
                items="total_items",
                rows="contents",
                row_id="id",
                longest=LONGEST_VALUE,
            ),
        ),
        Recipe(
            key="table",
            name="A table of places",
            explanation="Any spreadsheet (CSV or Excel) with a place in each row; you say once what its columns mean.",
            endings=(".csv", ".tsv", ".txt", ".xlsx"),
            make=_table,
            options=(COLUMNS,),
        ),
    )
}
"""The formats by key, in the order in which they are offered."""
