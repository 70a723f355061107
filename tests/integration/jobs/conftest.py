"""What tests of jobs are given."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from finder.models import Source
from tests.feed_server import Answer, FeedServer, feed_server
from tests.import_jobs import a_feed_source, feed_bytes
from tests.workshops import Background


@pytest.fixture
def background(session: Session, tmp_path: Path) -> Background:
    """The background of an installation without jobs."""
    return Background(session, tmp_path / "imports")


@pytest.fixture
def source(session: Session) -> Source:
    """A source of meetings, which somebody uploads."""
    made = a_feed_source(session)
    session.commit()
    return made


@pytest.fixture
def publisher(background: Background) -> Iterator[FeedServer]:
    """A server with a feed of one meeting, which the operator allows."""
    with feed_server({"/feed": Answer(feed_bytes(), headers={"ETag": '"1"'})}) as server:
        background.trusted.add(server.host)
        yield server


@pytest.fixture
def feed(session: Session, publisher: FeedServer, background: Background) -> Source:
    """A source that is fetched from that server every six hours, and is due."""
    timetable = {"address": publisher.url("/feed"), "every_hours": 6, "due_at": background.now}
    made = a_feed_source(session, **timetable)
    session.commit()
    return made
