"""Importing SAMHSA's directory, and importing it again."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.domain.geo import Point, Precision
from finder.domain.listing import Status
from finder.importing import ImportReport, UnreadableFile, Upload, import_file
from finder.importing.recipes import import_of
from finder.importing.report import Progress
from finder.importing.samhsa import NO_LEVEL, NOT_ADDICTION
from finder.importing.sources import samhsa_source
from finder.listings import amend
from finder.models import DirectoryVersion, ImportRun, Provider, ProviderTag, Revision, Source
from tests.factories import A_CHANGE, a_provider, a_source
from tests.samples.workbooks import a_facility, facilities, upload

REAL = Path(__file__).parents[4] / "shared" / "data" / "facilities" / "samhsa-sa-2022.xlsx"


def imported(session: Session, given: bytes | Upload, as_of: dt.date | None = None) -> ImportReport:
    file = upload(given) if isinstance(given, bytes) else given
    report = run(session, file, as_of, lambda _done, _total: None)
    session.commit()
    return report


def run(session: Session, file: Upload, as_of: dt.date | None, progress: Progress) -> ImportReport:
    options = {"as_of": as_of.isoformat()} if as_of else {}
    what = import_of(samhsa_source("samhsa"), options, today=A_CHANGE.at.date())
    return import_file(session, file, what, A_CHANGE, progress=progress)


def a_directory(**changes: str) -> bytes:
    """Three facilities; ``changes`` are the second one's."""
    return facilities(
        a_facility(),
        a_facility(name1="River House", street1="9 River Road") | changes,
        a_facility(name1="Hill House", street1="7 Hill Road"),
    )


def history(session: Session) -> list[tuple[int, int, str, dict[str, list[object]]]]:
    rows = session.execute(
        select(Revision.provider_id, Revision.version, Revision.by, Revision.changes).order_by(Revision.id)
    )
    return [tuple(row) for row in rows]


def a_demonstration(session: Session) -> Provider:
    a_source(session, "demonstration", fictional=True)
    made = a_provider(session, source="demonstration")
    session.commit()
    return made


def test_every_facility_becomes_a_listing_with_its_first_revision(session: Session) -> None:
    report = imported(session, a_directory())

    assert (report.rows, report.created) == (3, 3)
    assert session.scalar(select(func.count()).select_from(Provider).where(Provider.status == Status.PUBLISHED)) == 3
    assert [(version, by) for _, version, by, _ in history(session)] == [(1, "test")] * 3


def test_pages_can_say_where_the_facts_come_from(session: Session) -> None:
    imported(session, a_directory())
    source = session.get_one(Source, "samhsa")

    assert "Substance Abuse and Mental Health Services Administration" in source.attribution
    assert not source.fictional


def test_an_import_is_remembered_with_its_file_and_what_it_did(session: Session) -> None:
    file = a_directory()
    report = imported(session, file)
    run = session.scalars(select(ImportRun)).one()

    assert (run.source_key, run.file_name, run.by) == ("samhsa", "directory.xlsx", "test")
    assert run.file_sha256 == upload(file).sha256()
    assert run.counts == report.counts()
    assert session.scalars(select(Revision.import_run_id).distinct()).all() == [run.id]


def test_the_same_file_again_changes_nothing(session: Session) -> None:
    imported(session, a_directory())
    before, version = history(session), session.scalar(select(DirectoryVersion.version))

    report = imported(session, a_directory())

    assert (report.created, report.updated, report.unchanged) == (0, 0, 3)
    assert history(session) == before
    assert session.scalar(select(DirectoryVersion.version)) == version


def test_a_changed_row_updates_that_listing_and_no_other(session: Session) -> None:
    imported(session, a_directory())

    report = imported(session, a_directory(phone="312-555-0177"))

    assert (report.created, report.updated, report.unchanged) == (0, 1, 2)
    *_, (_, version, _, changes) = history(session)
    assert version == 2
    assert changes == {"phones": [[["+13125550100", "main", ""]], [["+13125550177", "main", ""]]]}


def test_changed_codes_replace_the_tags(session: Session) -> None:
    imported(session, a_directory())

    imported(session, a_directory(service_code_info="SA RL"))

    query = select(ProviderTag.code).join(Provider, Provider.id == ProviderTag.provider_id)
    levels = query.where(Provider.name == "River House", ProviderTag.facet == "level_of_care")
    assert session.scalars(levels).all() == ["inpatient"]


def test_a_facility_that_the_next_edition_lacks_stays_and_is_counted(session: Session) -> None:
    imported(session, a_directory())

    report = imported(session, facilities(a_facility()))

    assert (report.unchanged, report.not_in_file) == (1, 2)
    assert session.scalar(select(func.count()).select_from(Provider)) == 3


def test_every_row_is_created_merged_or_left_out_and_reviews_are_counted_beside(session: Session) -> None:
    report = imported(
        session,
        facilities(
            a_facility(),
            a_facility(),
            a_facility(name1="Hill House", service_code_info="SA"),
            a_facility(name1="Mind House", service_code_info="MH OP"),
        ),
    )

    assert (report.rows, report.created, report.merged) == (4, 2, 1)
    assert report.rejected == {NOT_ADDICTION: [5]}
    assert report.in_review == {NO_LEVEL: 1}


def test_what_a_person_decided_in_a_review_outlives_the_next_import(session: Session) -> None:
    directory = facilities(a_facility(service_code_info="SA"))
    imported(session, directory)
    id_ = session.scalars(select(Provider.id)).one()
    amend(session, {id_: {"status": Status.PUBLISHED}}, A_CHANGE)
    session.commit()

    report = imported(session, directory)

    assert (report.unchanged, report.in_review.total()) == (1, 0)


def test_a_position_from_elsewhere_outlives_the_next_import(session: Session) -> None:
    imported(session, facilities(a_facility()))
    id_ = session.scalars(select(Provider.id)).one()
    exact = Point(41.8861, -87.6186)
    amend(session, {id_: {"point": exact, "precision": Precision.ADDRESS}}, A_CHANGE)
    session.commit()

    imported(session, facilities(a_facility(phone="312-555-0177")))

    listing = session.scalars(select(Provider)).one()
    assert (listing.point, listing.precision, listing.version) == (exact, Precision.ADDRESS, 3)


def test_the_first_real_listings_take_the_demonstration_off(session: Session) -> None:
    demonstration = a_demonstration(session)

    report = imported(session, a_directory())

    session.refresh(demonstration)
    assert report.retired_fictional == 1
    assert demonstration.status is Status.RETIRED


def test_the_demonstration_stays_while_nothing_real_can_be_shown(session: Session) -> None:
    demonstration = a_demonstration(session)

    imported(session, facilities(a_facility(service_code_info="SA")))

    session.refresh(demonstration)
    assert demonstration.status is Status.PUBLISHED


def test_a_day_that_is_given_counts_more_than_the_workbook_s_own(session: Session) -> None:
    imported(session, a_directory(), as_of=dt.date(2025, 7, 1))

    assert set(session.scalars(select(Provider.verified_on))) == {dt.date(2025, 7, 1)}
    assert set(session.scalars(select(Provider.review_due_on))) == {dt.date(2026, 7, 1)}


@pytest.mark.parametrize("modified", ["2999-01-01T00:00:00Z", "no day"])
def test_a_workbook_of_no_believable_day_claims_none(session: Session, modified: str) -> None:
    imported(session, facilities(a_facility(), modified=modified))

    assert session.scalars(select(Provider.verified_on)).one() is None


def test_an_import_that_breaks_off_leaves_nothing_behind(session: Session) -> None:
    imported(session, a_directory())
    before = history(session)
    many = facilities(*(a_facility(name1=f"House {number}") for number in range(1_200)))

    def power_cut(done: int, _total: int) -> None:
        if done >= 700:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        run(session, upload(many), None, power_cut)
    session.rollback()

    assert history(session) == before
    assert session.scalar(select(func.count()).select_from(Provider)) == 3
    assert session.scalar(select(func.count()).select_from(ImportRun)) == 1
    assert imported(session, many).created == 1_200


def test_a_file_that_is_no_directory_writes_nothing(session: Session) -> None:
    with pytest.raises(UnreadableFile):
        imported(session, b"%PDF-1.7")

    assert session.scalar(select(func.count()).select_from(Source)) == 0


@pytest.fixture
def directory() -> Iterator[Upload]:
    """The real directory of 2022 where it is at hand, otherwise a small one of the same shape."""
    if not REAL.exists():
        yield upload(facilities(*(a_facility(name1=f"House {number % 90}") for number in range(100))))
        return
    with REAL.open("rb") as file:
        yield Upload(file=file, name=REAL.name, max_megabytes=64)


def test_the_whole_directory_is_accounted_for_and_a_second_import_changes_nothing(
    session: Session, directory: Upload
) -> None:
    first = imported(session, directory)
    listings = session.scalar(select(func.count()).select_from(Provider))
    second = imported(session, directory)

    assert first.rows == (12_176 if REAL.exists() else 100)
    assert first.rows == first.created + first.merged + sum(map(len, first.rejected.values()))
    assert first.created == listings == second.unchanged
    assert (second.created, second.updated) == (0, 0)
    assert session.scalar(select(func.count()).select_from(Revision)) == listings
