"""``finder sources``: feeds from the command line."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from finder.config import Settings
from finder.models import ImportJob, Provider, Revision, Source
from tests.feed_server import Answer, FeedServer, feed_server
from tests.import_jobs import feed_bytes
from tests.samples.feeds import a_meeting

_TEN = [a_meeting(name=f"Group {number}") for number in range(10)]


@pytest.fixture
def publisher() -> Iterator[FeedServer]:
    """A server with a feed of ten groups."""
    with feed_server({"/feed": Answer(feed_bytes(*_TEN))}) as server:
        yield server


@pytest.fixture
def run(
    make_app: Callable[[Settings], Flask], database_url: str, publisher: FeedServer, tmp_path: Path
) -> Callable[..., Result]:
    """Runs ``finder sources`` with these arguments."""
    app = make_app(Settings(database_url=database_url, instance_folder=tmp_path, fetch_private_hosts=publisher.host))
    return lambda *arguments: app.test_cli_runner().invoke(args=["sources", *arguments])


def added(run: Callable[..., Result], publisher: FeedServer, *more: str) -> Result:
    about = ("--format", "meeting-guide", "--name", "Lakeview AA", "--address", publisher.url("/feed"))
    return run("add", "aa-lakeview", *about, *more)


def listings(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Provider)) or 0


def test_a_source_is_added_fetched_and_listed(
    run: Callable[..., Result], publisher: FeedServer, session: Session
) -> None:
    assert "paused" not in added(run, publisher, "--every", "24").stdout

    fetched = run("fetch", "aa-lakeview", "--by", "Ana Example")

    assert (fetched.exit_code, fetched.stdout) == (0, "10 new, 0 changed, 0 as they were, 0 rows left out\n")
    assert listings(session) == 10
    assert set(session.scalars(select(Revision.by))) == {"Ana Example"}
    assert "meeting-guide" in run("list").stdout


def test_a_feed_that_lost_much_stops_until_somebody_says_that_this_is_right(
    run: Callable[..., Result], publisher: FeedServer, session: Session
) -> None:
    added(run, publisher)
    run("fetch", "aa-lakeview")
    publisher.answers["/feed"] = Answer(feed_bytes(*_TEN[:1]))

    stopped = run("fetch", "aa-lakeview")
    allowed = run("fetch", "aa-lakeview", "--allow-many-changes")

    assert stopped.exit_code == 1
    assert "lacks 9 of 10 listings" in stopped.stderr
    assert "--allow-many-changes" in stopped.stderr
    assert allowed.stdout.startswith("0 new")
    assert listings(session) == 10


def test_a_source_that_can_t_be_fetched_is_told_plainly(
    run: Callable[..., Result], publisher: FeedServer, session: Session
) -> None:
    added(run, publisher)
    publisher.answers.clear()

    failed = run("fetch", "aa-lakeview")

    assert failed.exit_code == 1
    assert "answered 404" in failed.stderr
    assert "answered 404" in session.get_one(Source, "aa-lakeview").trouble
    assert "answered 404" in run("list").stdout
    assert session.scalars(select(ImportJob.stored_as)).one() == ""


def test_a_source_is_paused_and_goes_on(run: Callable[..., Result], publisher: FeedServer) -> None:
    added(run, publisher, "--every", "24")

    run("pause", "aa-lakeview")
    assert "paused" in run("list").stdout
    run("resume", "aa-lakeview")
    assert "paused" not in run("list").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "aa"), "--format and --name"),
        (("add", "AA Lakeview", "--format", "bmlt"), "hyphens"),
        (("add", "samhsa", "--format", "bmlt"), "Only the source samhsa"),
        (("add", "aa", "--format", "samhsa"), "Only the source samhsa"),
        (("add", "aa-lakeview", "--format", "bmlt"), "keeps its format"),
        (("add", "aa-lakeview", "--address", "file:///etc/hostname"), "http"),
        (("add", "aa", "--format", "bmlt", "--name", "AA", "--every", "6"), "--address"),
        (("fetch", "aa"), "no source aa"),
        (("resume", "aa-lakeview"), "--every"),
    ],
)
def test_a_command_that_can_t_be_understood_says_how_to_put_it(
    run: Callable[..., Result], publisher: FeedServer, arguments: tuple[str, ...], told: str
) -> None:
    added(run, publisher)

    result = run(*arguments)

    assert result.exit_code == 2
    assert told in result.stderr
