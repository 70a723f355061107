"""The guide: from a few answers to a place to start, with nothing about the visitor left anywhere."""

from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

import html5lib
import pytest

from finder.domain.vocabulary import vocabulary
from finder.orientation.guide import load_guide
from tests.pages import CheckedClient

QUESTIONS = [question.key for question in load_guide().questions]


class Visitor:
    """Somebody in the guide: sends each page's form as a browser without JavaScript does."""

    def __init__(self, client: CheckedClient, prefix: str = "") -> None:
        self._client = client
        self.address = f"{prefix}/guide"
        self.page = client.get(self.address).text

    def answers(self, *codes: str) -> "Visitor":
        """Tap an answer, or tick several and go on; none at all: go on."""
        asked = self.fields()["asked"][0]
        return self._sends({asked: list(codes)} if codes else {})

    def goes(self, way: str) -> "Visitor":
        """Press one of the buttons below the answers."""
        return self._sends({"go": [way]})

    def fields(self) -> dict[str, list[str]]:
        """What the form sends by itself: hidden answers and ticked boxes."""
        fields: dict[str, list[str]] = {}
        for field in self.elements("form[@method='post']//input"):
            if field.get("type") == "hidden" or "checked" in field.attrib:
                fields.setdefault(field.get("name", ""), []).append(field.get("value", ""))
        return fields

    def elements(self, path: str) -> Iterator[Element]:
        return root(self.page).iterfind(f".//{path}")

    def text(self, path: str) -> str:
        return " ".join(" ".join("".join(each.itertext()).split()) for each in self.elements(path))

    def searches_for(self) -> dict[str, list[str]]:
        """The needs that the button of the suggestion searches by."""
        needs: dict[str, list[str]] = {}
        for field in self.elements("form[@id='search']//input[@type='hidden']"):
            needs.setdefault(field.get("name", ""), []).append(field.get("value", ""))
        return needs

    def _sends(self, more: dict[str, list[str]]) -> "Visitor":
        fields = {name: list(values) for name, values in self.fields().items()}
        for name, values in more.items():
            fields.setdefault(name, []).extend(values)  # as a browser does: the button last
        self.page = self._client.post(self.address, data=fields).text
        return self


def root(page: str) -> Element:
    parsed: Element = html5lib.parse(page, namespaceHTMLElements=False)
    return parsed


@pytest.fixture
def visitor(client: CheckedClient) -> Visitor:
    return Visitor(client)


@pytest.fixture
def through(client: CheckedClient) -> Callable[..., Visitor]:
    """The suggestion after some answers, the other questions skipped: ``through(danger="no", used="alcohol")``."""

    def answered(**answers: str) -> Visitor:
        visitor = Visitor(client)
        for key in QUESTIONS:
            visitor.answers(*answers[key].split()) if key in answers else visitor.goes("skip")
        return visitor

    return answered


@pytest.mark.parametrize(("language", "prefix"), [("en", ""), ("es", "/es")])
def test_each_page_asks_one_question_in_the_guides_order(client: CheckedClient, language: str, prefix: str) -> None:
    visitor = Visitor(client, prefix)
    for number, question in enumerate(load_guide(language).questions, start=1):
        assert visitor.text("h1") == question.words
        assert f"{number} " in visitor.text("form[@method='post']/p[@class='govuk-caption-l']")
        assert all(choice.label in unescape(visitor.page) for choice in question.choices)
        visitor.goes("skip")
    assert load_guide(language).book.assessment in visitor.page


def test_the_way_from_the_first_screen_to_the_guide_is_one_tap(client: CheckedClient) -> None:
    assert 'href="/guide"' in client.get("/").text
    assert 'href="/es/guide"' in client.get("/es/").text


@pytest.mark.parametrize("answer", ["yes", "not_sure"])
def test_danger_puts_the_call_first_and_everything_else_second(visitor: Visitor, answer: str) -> None:
    visitor.answers(answer)
    for heading in (load_guide().questions[1].words, "Where you could start"):
        main = visitor.page[visitor.page.index("<main") :]
        assert main.index("Call 911 now") < main.index('href="tel:911"') < main.index(heading)
        visitor.goes("suggest")


def test_without_danger_no_page_cries_wolf(visitor: Visitor) -> None:
    visitor.answers("no")
    assert "Call 911 now" not in visitor.page


def test_somebody_who_skips_everything_is_shown_all_four_kinds_of_help(through: Callable[..., Visitor]) -> None:
    visitor = through()
    shown = visitor.text("ol[@class='kinds']")
    labels = [
        vocabulary().label("level_of_care", code) for code in ("detox", "inpatient", "outpatient", "support_group")
    ]
    assert [shown.index(label) for label in labels] == sorted(shown.index(label) for label in labels)
    assert visitor.searches_for() == {"level_of_care": ["detox"]}


def test_for_a_relative_who_takes_clonazepam_every_day_the_search_is_for_detox_from_it(
    client: CheckedClient, through: Callable[..., Visitor]
) -> None:
    visitor = through(danger="no", who="someone", used="benzodiazepines", withdrawal="most_days", payment="medicaid")
    needs = visitor.searches_for()
    assert needs == {"level_of_care": ["detox"], "detox_from": ["benzodiazepines"], "payment": ["medicaid"]}
    assert "Do not stop benzodiazepines" in visitor.text("section[@class='guide__safety']")
    assert 'href="/topics/helping-someone-else"' in visitor.page
    client.get(f"/search?{urlencode({'near': '60601', 'radius': '25', **needs}, doseq=True)}")


def test_the_suggestion_says_why_and_where_that_stands_and_who_decides(through: Callable[..., Visitor]) -> None:
    visitor = through(used="opioids")
    rule = next(rule for rule in load_guide().book.rules if rule.key == "opioids")
    assert rule.reason in visitor.text("section[@aria-labelledby='why']")
    assert load_guide().book.sources[rule.source].url in visitor.page
    assert "A professional assessment decides which care fits" in visitor.page


def test_what_keeps_a_person_alive_stands_before_the_search(through: Callable[..., Visitor]) -> None:
    page = through(used="opioids alcohol", person="pregnant").page
    assert page.index('class="guide__safety"') < page.index('id="search"')


def test_the_suggestion_can_be_had_at_any_question(visitor: Visitor) -> None:
    visitor.answers("no").answers("me").goes("suggest")
    assert visitor.text("h1") == "Where you could start"


def test_what_is_ticked_counts_when_the_suggestion_is_asked_for(visitor: Visitor) -> None:
    visitor.goes("skip").goes("skip").answers("benzodiazepines", "alcohol")
    visitor.answers("most_days").goes("suggest")
    assert visitor.searches_for()["detox_from"] == ["benzodiazepines"]


def test_going_back_shows_what_was_answered(visitor: Visitor) -> None:
    visitor.answers("no").answers("someone").answers("opioids", "alcohol").goes("back")
    assert visitor.fields()["used"] == ["alcohol", "opioids"]
    visitor.goes("back")
    assert "(your answer)" in visitor.text("button[@value='someone']")


def test_another_answer_takes_the_place_of_the_first(visitor: Visitor) -> None:
    visitor.answers("yes").goes("back").answers("no").goes("suggest")
    assert "Call 911 now" not in visitor.page


def test_an_answer_stays_when_its_page_is_only_passed_through(visitor: Visitor) -> None:
    visitor.answers("no").answers("someone").goes("back").goes("suggest")
    assert 'href="/topics/helping-someone-else"' in visitor.page


def test_a_question_that_is_skipped_forgets_its_answer(visitor: Visitor) -> None:
    visitor.answers("yes").goes("back").goes("skip")
    assert "danger" not in visitor.fields()


def test_from_the_suggestion_the_way_back_leads_to_the_last_question(through: Callable[..., Visitor]) -> None:
    visitor = through(who="someone").goes("back")
    assert visitor.text("h1") == load_guide().questions[-1].words
    assert visitor.fields()["who"] == ["someone"]


def test_answers_travel_in_the_form_alone(
    visitor: Visitor, client: CheckedClient, capsys: pytest.CaptureFixture[str]
) -> None:
    visitor.answers("not_sure").answers("someone").answers("opioids")
    client.post("/guide", data={"asked": "used", "used": "canary", "canary": "canary"})
    assert client.get_cookie("session") is None
    addresses = [link.get("href", "") for link in visitor.elements("a")]
    addresses += [form.get("action", "") for form in visitor.elements("form")]
    assert not [address for address in addresses if "not_sure" in address or "someone" in address.partition("?")[2]]
    written = "".join(capsys.readouterr())
    assert not any(word in written for word in ("canary", "not_sure", "opioids"))


def test_an_address_with_answers_is_not_read(client: CheckedClient) -> None:
    assert "Call 911 now" not in client.get("/guide?danger=yes&asked=danger").text


def test_a_page_from_before_a_change_still_leads_on(client: CheckedClient) -> None:
    page = client.post("/guide", data={"asked": "gone", "used": "gone", "gone": "gone"}).text
    assert load_guide().questions[0].words in page


def test_the_language_switch_leads_to_the_start_of_the_other_guide(visitor: Visitor) -> None:
    visitor.answers("no")
    assert 'href="/es/guide"' in visitor.page
    assert "gone when you close this page or change the language" in visitor.page
