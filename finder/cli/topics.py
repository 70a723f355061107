"""``finder topics``: how plain each topic page is, and when somebody must review it."""

import datetime as dt

import click
from rich.console import Console
from rich.table import Table

from finder.orientation.reading import PLAIN_GRADE
from finder.orientation.topic_grade import topic_grade
from finder.orientation.topics import TOPICS, Topic, load_topics


@click.command()
@click.option("--strict", is_flag=True, help="End with status 1 if a review is overdue, too.")
@click.option(
    "--on",
    "today",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: dt.datetime.now(dt.UTC).strftime("%Y-%m-%d"),
    show_default="today",
    help="Tell what is overdue on that day.",
)
@click.pass_context
def topics(context: click.Context, *, strict: bool, today: dt.datetime) -> None:
    """List the topics in each language with their reading grade and review dates.

    Ends with status 1 if a topic is harder to read than grade 8.
    """
    listed = [(topic, topic_grade(topic)) for code in _languages() for topic in load_topics(code)]
    hard = [topic for topic, grade in listed if grade > PLAIN_GRADE]
    overdue = [topic for topic, _ in listed if topic.is_due(today.date())]
    _print(listed, hard, overdue)
    context.exit(1 if hard or (strict and overdue) else 0)


def _languages() -> list[str]:
    """The languages in which topics are written."""
    return sorted(folder.name for folder in TOPICS.iterdir() if folder.is_dir())


def _print(listed: list[tuple[Topic, float]], hard: list[Topic], overdue: list[Topic]) -> None:
    console = Console(highlight=False)
    table = Table("topic", "language", "grade", "reviewed", "review by", "")
    for topic, grade in listed:
        flags = "\n".join(["HARD"] * (topic in hard) + ["OVERDUE"] * (topic in overdue))
        dates = (topic.last_reviewed.isoformat(), topic.review_by.isoformat())
        table.add_row(topic.slug, topic.language, f"{grade:.1f}", *dates, flags)
    console.print(table)
    console.print(f"{len(listed)} pages, {len(hard)} above grade {PLAIN_GRADE:g}, {len(overdue)} overdue for review")
