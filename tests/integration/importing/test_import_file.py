"""Importing a feed, and importing it again: what is new, changed, gone, and come back."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.domain.listing import Status
from finder.importing import (
    Bmlt,
    FeedFacts,
    Import,
    ImportReport,
    ManyChanges,
    MeetingGuide,
    Rules,
    UnreadableFile,
    Upload,
    import_file,
)
from finder.importing.recipes import import_of
from finder.importing.sources import samhsa_source
from finder.listings import amend
from finder.models import ImportRun, Provider, ProviderSchedule, Revision, Source
from tests.factories import A_CHANGE
from tests.imports import in_silence
from tests.samples.feeds import FACTS, a_feed, a_meeting, raw_file

DATA = Path(__file__).parents[4] / "shared" / "data"
_CAREFUL = Rules(whole=True, most_changes=0.2)
_FEED = [a_meeting(name=f"Group {number}", day=number % 7) for number in range(30)]


def imported(session: Session, upload: Upload, rules: Rules = _CAREFUL) -> ImportReport:
    what = Import(file_format=MeetingGuide(FACTS), source=Source(key=FACTS.source, name="Lakeview AA"), rules=rules)
    return run(session, upload, what)


def run(session: Session, upload: Upload, what: Import) -> ImportReport:
    report = import_file(session, upload, what, A_CHANGE, progress=in_silence)
    session.commit()
    return report


def refused(session: Session, upload: Upload, rules: Rules = _CAREFUL) -> str:
    with pytest.raises((ManyChanges, UnreadableFile)) as raised:
        imported(session, upload, rules)
    session.rollback()
    return str(raised.value)


def states(session: Session) -> Counter[Status]:
    return Counter(session.scalars(select(Provider.status)))


def test_a_feed_is_remembered_with_its_file_and_the_same_again_changes_nothing(session: Session) -> None:
    first = imported(session, a_feed(*_FEED))
    second = imported(session, a_feed(*_FEED))

    assert (first.created, second.created, second.updated, second.unchanged) == (30, 0, 0, 30)
    assert session.scalars(select(ImportRun.counts).order_by(ImportRun.id)).all() == [first.counts(), second.counts()]
    assert session.scalar(select(func.count()).select_from(Revision)) == 30


def test_a_meeting_more_is_a_change_of_its_listing(session: Session) -> None:
    imported(session, a_feed(*_FEED))

    report = imported(session, a_feed(*_FEED, a_meeting(name="Group 3", day=6, time="07:00")))

    assert (report.created, report.updated, report.unchanged) == (0, 1, 29)


def test_a_feed_that_suddenly_lacks_many_listings_is_refused_whole(session: Session) -> None:
    imported(session, a_feed(*_FEED))

    told = refused(session, a_feed(*_FEED[:23], a_meeting(name="New")))

    assert told == "The file lacks 7 of 30 listings that this source had."
    assert states(session) == {Status.PUBLISHED: 30}
    assert imported(session, a_feed(*_FEED[:24])).not_in_file == 6


def test_a_feed_that_suddenly_says_something_else_is_refused_whole(session: Session) -> None:
    imported(session, a_feed(*_FEED))
    later = [row | {"time": "20:15"} for row in _FEED[:7]]

    told = refused(session, a_feed(*later, *_FEED[7:]))

    assert told == "The file changes 7 of 30 listings that this source had."
    assert set(session.scalars(select(ProviderSchedule.opens_at))) == {dt.time(19)}
    assert imported(session, a_feed(*later, *_FEED[7:]), Rules(whole=True)).updated == 7


def test_facts_told_again_on_a_later_day_are_no_reason_to_stop(session: Session) -> None:
    imported(session, a_feed(*_FEED))

    report = imported(session, a_feed(*(row | {"updated": "2026-06-01"} for row in _FEED)))

    assert report.updated == 30


def test_what_is_gone_stays_unless_it_is_to_be_retired_and_comes_back_with_the_feed(session: Session) -> None:
    retiring = Rules(whole=True, retire_gone=True, most_changes=0.2)
    imported(session, a_feed(*_FEED))

    assert imported(session, a_feed(*_FEED[2:])).not_in_file == 2
    assert states(session) == {Status.PUBLISHED: 30}
    assert imported(session, a_feed(*_FEED[2:]), retiring).retired_gone == 2
    assert states(session) == {Status.PUBLISHED: 28, Status.RETIRED: 2}
    assert imported(session, a_feed(*_FEED[1:])).brought_back == 1
    assert states(session) == {Status.PUBLISHED: 29, Status.RETIRED: 1}


def test_what_a_person_retired_stays_retired(session: Session) -> None:
    imported(session, a_feed(*_FEED))
    id_ = session.scalars(select(Provider.id).limit(1)).one()
    amend(session, {id_: {"status": Status.RETIRED}}, A_CHANGE)
    session.commit()

    assert imported(session, a_feed(*_FEED)).brought_back == 0
    assert states(session) == {Status.PUBLISHED: 29, Status.RETIRED: 1}


def test_a_group_that_pauses_is_the_same_listing_taken_off_until_it_meets_again(session: Session) -> None:
    pausing = a_feed(_FEED[0] | {"types": ["TC"]}, *_FEED[1:])
    imported(session, a_feed(*_FEED))
    ids = set(session.scalars(select(Provider.public_id)))

    assert imported(session, pausing).renamed == 1
    assert states(session) == {Status.PUBLISHED: 29, Status.DRAFT: 1}
    assert imported(session, a_feed(*_FEED)).renamed == 1
    assert states(session) == {Status.PUBLISHED: 30}
    assert set(session.scalars(select(Provider.public_id))) == ids


def test_a_group_that_pauses_one_of_its_times_is_no_duplicate_of_itself(session: Session) -> None:
    monday, tuesday = a_meeting(day=1), a_meeting(day=2)
    imported(session, a_feed(monday, tuesday))

    report = imported(session, a_feed(monday, {**tuesday, "types": ["TC"]}))

    assert states(session) == {Status.PUBLISHED: 1, Status.DRAFT: 1}
    assert (report.created, report.suspects) == (1, 0)


def test_a_feed_that_breaks_off_changes_nothing(session: Session) -> None:
    whole = a_feed(*_FEED).file.read()

    assert "broken off" in refused(session, raw_file(whole[:-40]))
    assert session.scalar(select(func.count()).select_from(Source)) == 0


def a_real_import(files: ExitStack, path: str) -> tuple[Upload, Import]:
    def upload(name: str) -> Upload:
        return Upload(file=files.enter_context((DATA / name).open("rb")), name=name, max_megabytes=64)

    facts = FeedFacts(source="feed", fellowship="aa", as_of=None, today=A_CHANGE.at.date())
    formats: dict[str, Callable[[], Any]] = {
        "aa": lambda: MeetingGuide(facts),
        "na": lambda: Bmlt(
            facts=facts,
            formats=upload("meetings/na/formats.json"),
            service_bodies=upload("meetings/na/service_bodies.json"),
        ),
    }
    if path.startswith("findtreatment"):
        return upload(path), import_of(samhsa_source("findtreatment"), {}, today=A_CHANGE.at.date())
    source = Source(key="feed", name="A real feed")
    return upload(path), Import(file_format=formats[path.split("/")[1]](), source=source, rules=_CAREFUL)


@pytest.fixture(
    params=[
        ("meetings/aa/alpena-mi-2021.json", 46, 46),
        ("meetings/aa/atlanta-ga-2024-sample.json", 6, 6),
        ("meetings/aa/ben-lomond-ca-2020.json", 35, 35),
        ("meetings/aa/orange-county-ca-2023.json", 1_967, 1_966),  # one names no day and time
        ("meetings/aa/san-jose-ca-2021.json", 670, 670),
        ("meetings/aa/southeast-pa-2022.json", 2_038, 2_038),
        ("meetings/aa/sussex-de-2022.json", 123, 123),
        ("meetings/na/meetings.json", 1_555, 1_513),  # 42 are not published
        ("findtreatment/locations-2019-sample.json", 30, 0),
    ],
    ids=lambda param: param[0].split("/")[-1].removesuffix(".json"),
)
def real(request: pytest.FixtureRequest) -> Iterator[tuple[Callable[[Session], ImportReport], int, int]]:
    """How to import a real feed where it is at hand, otherwise a small one; its rows, and its times with repeats."""
    path, rows, times = request.param
    if not (DATA / path).exists():
        yield lambda session: imported(session, a_feed(*_FEED)), 30, 30
        return
    with ExitStack() as files:
        upload, what = a_real_import(files, path)
        yield lambda session: run(session, upload, what), rows, times


def test_real_feeds_are_accounted_for_lose_no_meeting_and_change_nothing_again(
    session: Session, real: tuple[Callable[[Session], ImportReport], int, int]
) -> None:
    bring_in, rows, times = real

    first, second = bring_in(session), bring_in(session)

    assert first.rows == rows == first.created + first.merged + sum(map(len, first.rejected.values()))
    assert first.meetings + first.repeated == times
    assert first.meetings == session.scalar(select(func.count()).select_from(ProviderSchedule))
    assert (second.created, second.updated, second.unchanged, second.not_in_file) == (0, 0, first.created, 0)
