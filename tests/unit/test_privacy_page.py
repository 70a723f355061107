"""The privacy page knows every column of the database: whoever adds one decides what it holds of persons."""

import re
from pathlib import Path

from finder.models import Base

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "privacy.md").read_text()
_ROW = re.compile(r"^\| `(\w+)` \| ((?:`\w+`(?:, )?)+) \|(.*)$", re.MULTILINE)
_HEADINGS = ("## Columns about persons", "## Nothing about persons")


def rows(heading: str) -> list[tuple[str, str, str]]:
    """Table, column and the rest of each row below a heading."""
    part = PAGE.partition(heading + "\n")[2].partition("\n## ")[0]
    return [
        (table, column, rest) for table, columns, rest in _ROW.findall(part) for column in columns[1:-1].split("`, `")
    ]


def columns(heading: str) -> list[tuple[str, str]]:
    return [(table, column) for table, column, _ in rows(heading)]


def test_every_column_is_decided() -> None:
    decided = [pair for heading in _HEADINGS for pair in columns(heading)]

    assert set(decided) == {
        (table.name, column.name) for table in Base.metadata.sorted_tables for column in table.columns
    }
    assert len(decided) == len(set(decided))


def test_what_is_personal_says_why_for_how_long_and_what_ends_it() -> None:
    for table, column, rest in rows(_HEADINGS[0]):
        why, how_long, end = (cell.strip() for cell in rest.strip("| ").split("|"))
        assert all((why, how_long, end)), (table, column)


def test_a_name_or_address_of_a_person_is_never_called_nothing() -> None:
    told = {
        "by",
        "email",
        "contact",
        "words",
        "sent_to",
        "browser",
        "password_hash",
        "asked_by",
        "decided_by",
        "undone_by",
    }

    assert told.isdisjoint(column for _, column in columns(_HEADINGS[1]))


def test_the_commands_that_forget_run_each_day() -> None:
    daily = (PROJECT / "deploy" / "systemd" / "finder-daily.service").read_text()

    assert {"reports forget", "user forget"} <= set(re.findall(r"bin/finder (\w+ \w+)$", daily, re.MULTILINE))
