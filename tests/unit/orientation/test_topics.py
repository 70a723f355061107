import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from finder.orientation.content import ContentError, UnknownLanguageError
from finder.orientation.reading import PLAIN_GRADE, reading_grade
from finder.orientation.topics import READING_ORDER, TOPICS, Topic, load_topics, read_topic

PERSON_WORDS = re.compile(
    r"\b(addicts?|alcoholics?|abus(?:e|es|er|ers|ing)|junkies?|users?|drunks?|clean|dirty|habit|victims?)\b",
    re.IGNORECASE,
)
DOSE = re.compile(r"\d\s?(mg|mcg|µg|ml|milligrams?|micrograms?|tablets?|pills?)\b", re.IGNORECASE)
SCHEDULE = re.compile(
    r"\d\s?(%|percent)|\b(reduce|cut|lower|taper)\b[^.]*\bby\b[^.]*\b(half|quarter|third|\d+)\b"
    r"|\bevery\b[^.]*\b(days?|weeks?|hours?)\b",
    re.IGNORECASE,
)

every_topic = pytest.mark.parametrize("topic", load_topics(), ids=lambda topic: topic.slug)

GOOD = """+++
title = "Rest"
summary = "Why rest helps."
last_reviewed = 2026-01-01
review_by = 2027-01-01
[[sources]]
title = "Sleep"
publisher = "National Institutes of Health"
url = "https://www.nih.gov/"
+++
## Sleep

Sleep helps.
"""


def page(topic: Topic) -> Element:
    fragment: Element = html5lib.parseFragment(topic.body_html, namespaceHTMLElements=False)
    return fragment


def lines(topic: Topic, *tags: str) -> str:
    found = ("".join(part.itertext()) for tag in tags for part in page(topic).iter(tag))
    return "\n".join(" ".join(text.split()) for text in found)


def everything(topic: Topic) -> str:
    return "\n".join([topic.title, topic.summary, " ".join("".join(page(topic).itertext()).split())])


def written(folder: Path, text: str) -> Path:
    path = folder / "en" / "rest.md"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def test_topics_come_in_the_order_in_which_people_need_them() -> None:
    assert [topic.slug for topic in load_topics("en")] == [
        "benzodiazepines",
        "alcohol",
        "opioids",
        "stimulants",
        "several-or-not-sure",
        "kinds-of-care",
        "therapies",
        "steps-to-help",
        "the-call",
        "warning-signs",
        "paying-and-rights",
        "helping-someone-else",
        "safe-use-and-storage",
        "your-privacy",
    ]


@pytest.mark.parametrize(
    "folder", sorted(path for path in TOPICS.iterdir() if path.is_dir()), ids=lambda path: path.name
)
def test_no_topic_file_is_forgotten_in_the_reading_order(folder: Path) -> None:
    assert {path.stem for path in folder.glob("*.md")} == set(READING_ORDER)


def test_a_language_that_nobody_has_written_is_a_clear_error() -> None:
    with pytest.raises(UnknownLanguageError, match=r"'tlh'.*languages:.*\ben\b"):
        load_topics("tlh")


def test_a_language_never_becomes_a_path() -> None:
    with pytest.raises(UnknownLanguageError):
        load_topics("../topics/en")


@every_topic
def test_a_topic_says_where_its_facts_stand(topic: Topic) -> None:
    assert topic.sources
    assert all(source.title and source.publisher and source.url.startswith("https://") for source in topic.sources)


@every_topic
def test_a_topic_is_reviewed_within_a_year(topic: Topic) -> None:
    assert timedelta(0) < topic.review_by - topic.last_reviewed <= timedelta(days=366)


@every_topic
def test_a_topic_can_be_read_after_eight_years_of_school(topic: Topic) -> None:
    assert reading_grade(lines(topic, "h2", "h3", "p", "li", "td")) <= PLAIN_GRADE


@every_topic
def test_whole_sentences_are_plain_even_without_the_short_lists(topic: Topic) -> None:
    assert reading_grade(lines(topic, "p")) <= PLAIN_GRADE


@every_topic
def test_a_summary_is_one_plain_sentence(topic: Topic) -> None:
    assert topic.summary.endswith(".")
    assert topic.summary.count(".") == 1
    assert len(topic.summary.split()) <= 25


@every_topic
def test_a_topic_fits_a_phone_screen_or_little_more(topic: Topic) -> None:
    assert 180 <= len(everything(topic).split()) <= 430


@every_topic
def test_a_topic_calls_nobody_a_label(topic: Topic) -> None:
    assert not PERSON_WORDS.findall(everything(topic))


def test_the_word_list_catches_labels_but_not_the_name_of_the_illness() -> None:
    assert PERSON_WORDS.findall("An addict who wants to get clean.") == ["addict", "clean"]
    assert not PERSON_WORDS.findall("Addiction is an illness. Addictive. Cleaning.")


@every_topic
def test_a_topic_names_no_dose_and_no_taper_schedule(topic: Topic) -> None:
    assert not DOSE.search(everything(topic))
    assert not SCHEDULE.search(everything(topic))


@pytest.mark.parametrize(
    "advice", ["Reduce by 10 %.", "Cut it by half.", "Take less every two weeks.", "cut the pill by a quarter"]
)
def test_the_schedule_pattern_catches_taper_advice(advice: str) -> None:
    assert SCHEDULE.search(advice)


@pytest.mark.parametrize("advice", ["Take 2 mg.", "0.5mg at night", "two or 3 tablets"])
def test_the_dose_pattern_catches_doses(advice: str) -> None:
    assert DOSE.search(advice)


@every_topic
def test_headings_stand_below_the_pages_own_title(topic: Topic) -> None:
    levels = [int(part.tag[1]) for part in page(topic).iter() if re.fullmatch(r"h[1-6]", str(part.tag))]
    assert levels[0] == 2
    assert all(2 <= level <= previous + 1 for previous, level in pairwise(levels))


@every_topic
def test_links_lead_to_this_site_or_to_secure_pages(topic: Topic) -> None:
    targets = [link.get("href", "") for link in page(topic).iter("a")]
    assert all(target.startswith(("https://", "/")) and not target.startswith("//") for target in targets)


@every_topic
def test_links_between_topics_are_not_dead(topic: Topic) -> None:
    targets = {link.get("href", "") for link in page(topic).iter("a")}
    named = {target.removeprefix("/topics/") for target in targets if target.startswith("/topics/")}
    assert named <= set(READING_ORDER) - {topic.slug}


@every_topic
def test_a_topic_ends_with_the_way_on(topic: Topic) -> None:
    *_, last_list = page(topic).iter("ul")
    targets = [link.get("href") for link in last_list.iter("a")]
    assert targets[0] == "/#search"
    assert topic.slug == "steps-to-help" or "/topics/steps-to-help" in targets


def test_a_topic_is_due_from_its_review_date_on(tmp_path: Path) -> None:
    topic = read_topic(written(tmp_path, GOOD))
    assert not topic.is_due(date(2026, 12, 31))
    assert topic.is_due(date(2027, 1, 1))
    assert topic.is_due(date(2030, 1, 1))


def test_html_in_a_topic_is_shown_as_text_not_run(tmp_path: Path) -> None:
    topic = read_topic(written(tmp_path, GOOD + "\n<script>alert(1)</script> [x](javascript:alert(1))\n"))
    assert "<script" not in topic.body_html
    assert "href" not in topic.body_html


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("+++\n## Sleep", "## Sleep"), r"between two \+\+\+ lines"),
        (("+++\ntitle", "Hello\n+++\ntitle"), r"must begin with a \+\+\+ line"),
        (('"Rest"', '"Rest'), "not valid TOML"),
        (('title = "Rest"\n', ""), "title"),
        (('"Rest"', '" "'), "title"),
        (("last_reviewed = 2026-01-01", 'last_reviewed = "soon"'), "last_reviewed"),
        (("review_by = 2027-01-01", "review_by = 2025-01-01"), "review_by must come after last_reviewed"),
        (("summary", "sumary"), "sumary"),
        (("https://www.nih.gov/", "http://www.nih.gov/"), "sources.0.url"),
        (("## Sleep\n", "# Sleep\n"), "headings start at ##"),
    ],
)
def test_a_malformed_topic_is_refused_by_the_name_of_its_file(
    tmp_path: Path, change: tuple[str, str], reason: str
) -> None:
    path = written(tmp_path, GOOD.replace(*change))
    with pytest.raises(ContentError, match=reason) as refusal:
        read_topic(path)
    assert str(path) in str(refusal.value)


def test_a_topic_without_sources_is_refused(tmp_path: Path) -> None:
    head, _, rest = GOOD.partition("[[sources]]")
    path = written(tmp_path, head + "sources = []\n" + rest[rest.index("+++") :])
    with pytest.raises(ContentError, match="has no sources"):
        read_topic(path)


def test_a_missing_topic_is_refused_by_the_name_of_its_file(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"en.absent\.md"):
        read_topic(tmp_path / "en" / "absent.md")
