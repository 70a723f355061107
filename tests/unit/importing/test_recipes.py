"""A source remembers how it is imported."""

import datetime as dt

import pytest

from finder.importing import MeetingGuide, UnreadableFile
from finder.importing.formats.bmlt_addresses import bmlt_addresses
from finder.importing.recipes import FORMATS, MOST_CHANGES, import_of
from finder.importing.sources import RESERVED_KEYS, is_free_key, samhsa_source
from finder.models import Source
from tests.samples.feeds import a_feed

TODAY = dt.date(2026, 11, 2)


def a_source(file_format: str = "meeting-guide", **options: object) -> Source:
    return Source(key="lakeview", name="Lakeview", format=file_format, options=options)


def test_what_a_source_remembers_holds_until_an_import_says_otherwise() -> None:
    source = a_source(fellowship="smart", retire_gone=True)

    usual = import_of(source, {}, today=TODAY)
    special = import_of(source, {"as_of": "2026-10-01", "retire_gone": False, "allow_many_changes": True}, today=TODAY)

    assert isinstance(usual.file_format, MeetingGuide)
    assert isinstance(special.file_format, MeetingGuide)
    assert (usual.file_format.facts.fellowship, usual.file_format.facts.as_of) == ("smart", None)
    assert special.file_format.facts.as_of == dt.date(2026, 10, 1)
    assert (usual.rules.retire_gone, usual.rules.most_changes) == (True, MOST_CHANGES)
    assert (special.rules.retire_gone, special.rules.most_changes) == (False, None)


def test_nothing_is_gone_that_an_answer_for_a_part_of_the_country_lacks() -> None:
    rules = import_of(samhsa_source("findtreatment"), {"retire_gone": True}, today=TODAY).rules

    assert not rules.whole
    assert not rules.retire_gone


def test_a_format_says_which_files_it_lacks() -> None:
    with pytest.raises(UnreadableFile, match="GetFormats and what it answers to GetServiceBodies"):
        import_of(a_source("bmlt"), {}, beside=[a_feed()], today=TODAY)
    with pytest.raises(UnreadableFile, match="no other"):
        import_of(a_source(), {}, beside=[a_feed()], today=TODAY)
    with pytest.raises(UnreadableFile, match="which format Lakeview is"):
        import_of(a_source(""), {}, today=TODAY)


@pytest.mark.parametrize(
    ("key", "is_free"),
    [("aa-lakeview", True), ("7", True), ("-aa", False), ("AA", False), ("a" * 41, False), ("samhsa", False)],
)
def test_a_key_is_short_plain_and_not_one_of_ours(key: str, is_free: bool) -> None:  # noqa: FBT001 (a row of the table)
    assert is_free_key(key) is is_free


@pytest.mark.parametrize("key", sorted(RESERVED_KEYS))
def test_each_reserved_source_has_its_format_and_says_where_it_comes_from(key: str) -> None:
    source = samhsa_source(key)

    assert FORMATS[source.format].only_source == key
    assert "SAMHSA" in source.attribution


@pytest.mark.parametrize(
    "root",
    [
        "https://na.example/main_server",
        "https://na.example/main_server/",
        "https://na.example/main_server/client_interface/json/?switcher=GetSearchResults",
    ],
)
def test_a_bmlt_server_is_known_by_any_of_its_addresses(root: str) -> None:
    interface = "https://na.example/main_server/client_interface/json/?switcher="

    assert bmlt_addresses(root) == tuple(
        f"{interface}{name}" for name in ("GetSearchResults", "GetFormats", "GetServiceBodies")
    )
