"""A new edition of the workbook: exactly what changed in it changes, and nothing else."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.importing import ImportReport
from finder.importing.recipes import import_of
from finder.importing.sources import samhsa_source
from finder.models import KnownAs, Provider, Revision
from tests.factories import A_CHANGE
from tests.imports import looked_at_and_done
from tests.samples.workbooks import a_facility, facilities, upload

_STREETS = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hazel")


def a_house(number: int, **changes: str) -> dict[str, str]:
    usual = {
        "name1": f"{_STREETS[number]} Recovery",
        "street1": f"{100 + number} {_STREETS[number]} Street",
        "phone": f"312-555-01{number:02}",
    }
    return a_facility(**usual | changes)


def imported(session: Session, *rows: dict[str, str], modified: str) -> ImportReport:
    what = import_of(samhsa_source("samhsa"), {"retire_gone": True}, today=A_CHANGE.at.date())
    return looked_at_and_done(session, upload(facilities(*rows, modified=modified)), what, A_CHANGE)


def test_a_refreshed_workbook_changes_exactly_what_is_different(session: Session) -> None:
    imported(session, *(a_house(number) for number in range(7)), modified="2026-02-03T09:00:00Z")
    before = {each.name: (each.id, each.public_id) for each in session.scalars(select(Provider))}

    report = imported(
        session,
        a_house(0),  # as it was
        a_house(1, name1="Birch Wellness Center"),  # renamed: number and address are the same
        a_house(2, street1="9 River Road", zip="60614"),  # moved
        a_house(3, phone="312-555-0177"),  # changed
        a_house(4, name2="Detox"),  # another program in the house: gone, and new
        a_house(7),  # new; 5 and 6 are gone
        modified="2026-02-03T09:00:00Z",
    )

    counts = report.counts()
    outcomes = ("rows", "created", "updated", "unchanged", "renamed", "moved", "not_in_file", "retired_gone")
    assert [counts[name] for name in outcomes] == [6, 1, 4, 1, 2, 1, 2, 2]
    assert {(each.name, each.outcome): set(each.facts) for each in report.differences} == {
        ("Birch Wellness Center", "renamed"): {"name", "organization"},
        ("Cedar Recovery", "moved"): {"address_1", "postal_code", "point"},
        ("Dogwood Recovery", "updated"): {"phones"},
        ("Elm Recovery \N{EN DASH} Detox", "renamed"): {"name"},
        ("Fir Recovery", "gone"): set(),
        ("Ginkgo Recovery", "gone"): set(),
    }
    now = {each.name: each for each in session.scalars(select(Provider).execution_options(populate_existing=True))}
    assert (now["Birch Wellness Center"].id, now["Birch Wellness Center"].public_id) == before["Birch Recovery"]
    assert {name for name, each in now.items() if each.status is Status.RETIRED} == {"Fir Recovery", "Ginkgo Recovery"}
    assert len(session.scalars(select(KnownAs)).all()) == 3
    # Seven that were new, four changed, two gone, one more new.
    assert len(session.scalars(select(Revision.id)).all()) == 14

    again = imported(
        session,
        a_house(0),
        a_house(1, name1="Birch Wellness Center"),
        a_house(2, street1="9 River Road", zip="60614"),
        a_house(3, phone="312-555-0177"),
        a_house(4, name2="Detox"),
        a_house(7),
        modified="2026-02-03T09:00:00Z",
    )
    assert (again.unchanged, again.updated, again.created, again.not_in_file) == (6, 0, 0, 0)


def test_names_that_only_look_alike_are_not_mixed_up(session: Session) -> None:
    """Two programs of one house change their names at once: nobody can tell which became which."""
    house = {"street1": "1 Example Street", "phone": "312-555-0100", "name1": "Harbor Light"}
    imported(
        session, a_facility(**house, name2="Men"), a_facility(**house, name2="Women"), modified="2026-02-03T09:00:00Z"
    )

    report = imported(
        session, a_facility(**house, name2="Dawn"), a_facility(**house, name2="Dusk"), modified="2026-02-03T09:00:00Z"
    )

    assert (report.created, report.retired_gone, report.renamed) == (2, 2, 0)
