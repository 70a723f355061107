"""What each page must say, whatever its wording becomes. ``test_topics`` holds the rules that every page keeps."""

import re
from xml.etree.ElementTree import Element

import html5lib
import pytest

from finder.orientation.helplines import load_helplines
from finder.orientation.topics import Topic, load_topics

PHONE = re.compile(r"\b1-\d{3}-\d{3}-\d{4}\b")
PROMISE = re.compile(
    r"\bguarantee\w*|\bsuccess rates?\b|(?<!promise a )\bcures?\b|\byou will (?:recover|get well|get better|be free)\b",
    re.IGNORECASE,
)
OFFICES = {
    "1-800-447-8477": "hotline of the inspector general of Health and Human Services",
    "1-877-382-4357": "Federal Trade Commission",
    "1-866-444-3272": "Employee Benefits Security Administration, Department of Labor",
    "1-800-318-2596": "HealthCare.gov",
    "1-800-514-0301": "ADA Information Line, Department of Justice",
}

MUST_SAY = {
    "therapies": (
        "Medication for addiction treatment",
        "(CBT)",
        "(DBT)",
        "Motivational interviewing",
        "Contingency management",
        "Relapse prevention",
        "12-step facilitation",
        "Individual counseling",
        "Group counseling",
        "Family counseling",
        "co-occurring conditions",
        "Peer support",
        "Faith-based",
        "Alumni groups",
        "Life skills",
        "adventure therapy",
        "Yoga",
        "Aftercare",
    ),
    "the-call": (
        "When could I start?",
        "insurance or Medicaid",
        "licensed",
        "accredited",
        "full assessment",
        "medicine for alcohol or opioids",
        "therapies",
        "people close to me",
        "What comes next",
        "1-800-662-4357",
    ),
    "warning-signs": (
        "free travel",
        "cash",
        "insurance premium",
        "not name the place",
        "move you on",
        "promise a cure",
    ),
    "paying-and-rights": (
        "Parity law",
        "appeal",
        "Medicaid",
        "Single State Agency",
        "Sliding fee",
        "EMTALA",
        "Americans with Disabilities Act",
        "42 CFR Part 2",
        "not legal advice",
    ),
    "helping-someone-else": (
        "911",
        "988",
        "naloxone",
        "CRAFT",
        "interventions",
        "Look after yourself",
        "Al-Anon",
        "Nar-Anon",
    ),
    "safe-use-and-storage": ("just as prescribed", "one prescriber", "Never share", "Lock it up", "Take it back"),
    "your-privacy": ("No account", "no cookie", "shortlist", "private window", "incognito"),
}


def topic_named(slug: str) -> Topic:
    return next(topic for topic in load_topics() if topic.slug == slug)


def page(topic: Topic) -> Element:
    fragment: Element = html5lib.parseFragment(topic.body_html, namespaceHTMLElements=False)
    return fragment


def plain(part: Element) -> str:
    return " ".join("".join(part.itertext()).split())


def section(topic: Topic, heading: str) -> str:
    """The text under one h2, up to the next."""
    parts = list(page(topic))
    start = next(at for at, part in enumerate(parts) if part.tag == "h2" and plain(part) == heading)
    end = next((at for at, part in enumerate(parts) if part.tag == "h2" and at > start), len(parts))
    return "\n".join(plain(part) for part in parts[start + 1 : end])


every_topic = pytest.mark.parametrize("topic", load_topics(), ids=lambda topic: topic.slug)


@pytest.mark.parametrize(("slug", "words"), MUST_SAY.items(), ids=MUST_SAY)
def test_a_page_says_what_people_come_to_it_for(slug: str, words: tuple[str, ...]) -> None:
    text = plain(page(topic_named(slug))).lower()
    assert [word for word in words if word.lower() not in text] == []


@pytest.mark.parametrize(
    "slug",
    [
        "benzodiazepines",
        "alcohol",
        "several-or-not-sure",
        "steps-to-help",
        "helping-someone-else",
        "safe-use-and-storage",
    ],
)
def test_the_pages_warn_against_stopping_suddenly_before_anything_else_to_do(slug: str) -> None:
    warning = plain(next(page(topic_named(slug)).iter("blockquote")))
    assert "Do not stop" in warning
    assert "seizures" in warning
    assert "It can kill." in warning


def test_the_opioid_page_names_naloxone_and_every_medicine_that_works() -> None:
    text = plain(page(topic_named("opioids"))).lower()
    assert all(word in text for word in ("naloxone", "methadone", "buprenorphine", "naltrexone", "pregnant"))


@every_topic
def test_a_topic_promises_nobody_a_cure(topic: Topic) -> None:
    assert not PROMISE.findall(f"{topic.title}\n{topic.summary}\n{plain(page(topic))}")


def test_the_promise_pattern_catches_advertising_but_not_a_warning_of_it() -> None:
    assert PROMISE.search("A cure with guaranteed results: you will recover.")
    assert not PROMISE.search("Hang up if they promise a cure.")


@every_topic
def test_every_phone_number_is_one_whose_owner_we_know(topic: Topic) -> None:
    helplines = {number for line in load_helplines() for number in (line.call, line.tty) if number}
    assert set(PHONE.findall(plain(page(topic)))) <= helplines | set(OFFICES)


def test_the_warnings_page_says_where_to_report() -> None:
    report = section(topic_named("warning-signs"), "Where to report it")
    assert all(who in report for who in ("Your state", "attorney general", "Federal Trade Commission", "Your insurer"))
    assert "ReportFraud.ftc.gov" in report
    assert "1-800-447-8477 (1-800-HHS-TIPS)" in report


def test_the_warnings_page_keeps_people_safe_who_leave_a_bad_place() -> None:
    leaving = section(topic_named("warning-signs"), "When you are already there")
    assert all(word in leaving for word in ("911", "alcohol", "benzodiazepines", "opioids", "emergency room"))


def test_an_emergency_room_helps_people_who_cannot_pay_but_may_send_a_bill() -> None:
    emergency = section(topic_named("paying-and-rights"), "In an emergency")
    assert all(word in emergency for word in ("check you", "stable", "cannot pay", "bill"))


def test_the_safe_storage_page_names_take_back_first_and_flushing_only_from_the_list() -> None:
    disposal = section(topic_named("safe-use-and-storage"), "Getting rid of it")
    assert disposal.startswith("Take it back.")
    assert "dea.gov/takebackday" in disposal
    assert "Flush only what is on the list." in disposal


def test_the_privacy_page_names_what_leaving_quickly_cannot_do() -> None:
    leaving = section(topic_named("your-privacy"), "Leave this site")
    assert "clears your shortlist" in leaving
    _, _, limits = leaving.partition("What it cannot do")
    assert all(word in limits for word in ("history", "network", "phone bill"))


def test_the_privacy_page_says_that_the_address_of_results_holds_the_search() -> None:
    kept = section(topic_named("your-privacy"), "What stays on your phone or computer")
    assert "The address of a results page holds your search" in kept
    assert all(word in kept for word in ("this visit", "this device", "One button clears it"))


def test_the_privacy_page_names_who_else_can_see_a_visit() -> None:
    others = section(topic_named("your-privacy"), "What others may see")
    assert all(word in others for word in ("picks up your phone", "Whoever runs the network", "phone bill"))


def test_a_private_window_is_not_said_to_hide_more_than_it_does() -> None:
    advice = section(topic_named("your-privacy"), "How to leave less behind")
    assert "does not hide you from the network" in advice


@pytest.mark.parametrize(
    ("slug", "to"),
    [
        ("opioids", "safe-use-and-storage"),
        ("benzodiazepines", "safe-use-and-storage"),
        ("steps-to-help", "the-call"),
        ("steps-to-help", "helping-someone-else"),
        ("kinds-of-care", "therapies"),
        ("the-call", "warning-signs"),
    ],
)
def test_a_page_leads_to_the_page_that_people_need_next(slug: str, to: str) -> None:
    assert f"/topics/{to}" in [link.get("href") for link in page(topic_named(slug)).iter("a")]
