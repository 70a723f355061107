"""What is kept of an import."""

import datetime as dt

import orjson

from finder.domain.schedule import Schedule, ScheduleKind
from finder.importing.report import Difference, ImportReport, sample
from tests.factories import a_draft


def test_a_report_is_cut_where_a_file_makes_it_endless() -> None:
    report = ImportReport(rows=1_000, verified_on=dt.date(2026, 6, 1))
    report.reject("no name", list(range(1_000)))
    report.note_unknown(f"code {number}" for number in range(1_000))
    for number in range(1_000):
        report.note_difference(Difference(number, "Lakeview", "updated", {"fees": ["", "None"]}))
    report.note_difference(Difference(1_000, "Seaview", "gone", {}))

    told = orjson.loads(orjson.dumps(report.as_json()))

    assert told["rejected"] == [{"reason": "no name", "count": 1_000, "rows": list(range(20))}]
    assert (len(told["unknown_codes"]), len(told["differences"])) == (50, 21)
    assert told["differences"][0] == {
        "listing": 0, "name": "Lakeview", "outcome": "updated", "facts": {"fees": ["", "None"]}
    }  # fmt: skip
    assert told["differences"][-1] == {"listing": 1_000, "name": "Seaview", "outcome": "gone", "facts": {}}
    assert (told["verified_on"], told["counts"]["rows"]) == ("2026-06-01", 1_000)


def test_a_sample_tells_name_place_and_the_first_times() -> None:
    evenings = tuple(Schedule(day, dt.time(20), None, ScheduleKind.MEETING) for day in range(7))

    assert sample(a_draft(name="Evening Hope", address_1="1 Example Street", schedules=evenings)) == {
        "name": "Evening Hope",
        "where": "1 Example Street, Chicago, IL",
        "times": "Mon 20:00, Tue 20:00, Wed 20:00, ...",
    }
