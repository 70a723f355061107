"""``finder topics``: who answers for the texts sees which of them are hard to read or due."""

import datetime as dt
from importlib import import_module

import pytest
from click.testing import Result
from flask import Flask

from finder.orientation.topics import load_topics

TOPICS = (*load_topics("en"), *load_topics("es"))
FRESH = (max(topic.last_reviewed for topic in TOPICS)).isoformat()
DUE = (max(topic.review_by for topic in TOPICS)).isoformat()


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["topics", *arguments])


def test_every_topic_is_listed_in_each_language_with_its_grade_and_dates(app: Flask) -> None:
    result = run(app, "--on", FRESH)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    for topic in TOPICS:
        row = next(line for line in lines if f" {topic.slug} " in line and f" {topic.language} " in line)
        assert topic.last_reviewed.isoformat() in row
        assert topic.review_by.isoformat() in row
    assert f"{len(TOPICS)} pages, 0 above grade 8, 0 overdue for review" in result.stdout


def test_a_topic_past_its_review_is_flagged_and_fails_only_where_asked_to(app: Flask) -> None:
    told, strict = run(app, "--on", DUE), run(app, "--on", DUE, "--strict")
    assert told.stdout.count("OVERDUE") == len(TOPICS)
    assert f"{len(TOPICS)} overdue for review" in told.stdout
    assert told.exit_code == 0
    assert strict.exit_code == 1


def test_nothing_is_overdue_on_the_day_before(app: Flask) -> None:
    first = min(topic.review_by for topic in TOPICS)
    assert run(app, "--on", (first - dt.timedelta(days=1)).isoformat(), "--strict").exit_code == 0


def test_a_topic_that_is_harder_than_allowed_fails(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("finder.cli.topics"), "PLAIN_GRADE", 1.0)
    result = run(app, "--on", FRESH)
    assert result.exit_code == 1
    assert result.stdout.count("HARD") == len(TOPICS)


def test_without_a_day_today_counts(app: Flask) -> None:
    overdue = sum(topic.is_due(dt.datetime.now(dt.UTC).date()) for topic in TOPICS)
    assert f"{overdue} overdue for review" in run(app).stdout
