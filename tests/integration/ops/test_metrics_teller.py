"""What is looked up when metrics are asked for, and that every metric is documented."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.core import Metric
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from finder.config import PROJECT, Settings
from finder.domain.importing import JobState
from finder.ops.alive import note_alive
from finder.ops.metrics import REGISTRY
from finder.ops.metrics_teller import Around
from tests.import_jobs import a_feed_source, a_job

_DOCUMENTED = re.compile(r"^\| `(finder_\w+)", re.MULTILINE)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(instance_folder=tmp_path)


def test_imports_are_told_by_state_and_when_they_were_last_looked_for(
    engine: Engine, session: Session, settings: Settings
) -> None:
    source = a_feed_source(session)
    for state in (JobState.WAITING, JobState.WAITING, JobState.FAILED):
        a_job(session, source, state)
    session.commit()
    note_alive(settings.instance_folder)

    told = dict(told_by(Around(engine, settings)))

    assert told["finder_database_up"] == 1
    assert (told["waiting"], told["failed"], told["applied"]) == (2, 1, 0)
    assert told["finder_jobs_looked_timestamp_seconds"] > 0


def test_without_the_database_the_rest_is_told(settings: Settings) -> None:
    nowhere = create_engine("sqlite:////nowhere/finder.db")

    assert dict(told_by(Around(nowhere, settings))) == {"finder_database_up": 0}


def told_by(around: Around) -> Iterator[tuple[str, float]]:
    """Each value, by its state or else by its name."""
    for family in around.collect():
        for sample in family.samples:
            yield sample.labels.get("state", sample.name), sample.value


def test_every_metric_is_documented_and_nothing_else(engine: Engine, settings: Settings) -> None:
    note_alive(settings.instance_folder)
    told = {full_name(family) for each in (REGISTRY, Around(engine, settings)) for family in each.collect()}

    assert set(_DOCUMENTED.findall((PROJECT / "docs" / "metrics.md").read_text())) == told


def full_name(family: Metric) -> str:
    """The name by which Prometheus keeps it."""
    return f"{family.name}_total" if family.type == "counter" else family.name
