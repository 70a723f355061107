"""The Spanish pages say what the English ones say, to a person who is spoken to with respect."""

import re
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest

from finder.domain.vocabulary import vocabulary
from finder.orientation.first_screen import FirstScreen, load_first_screen
from finder.orientation.helplines import TRANSLATED, load_helplines
from finder.orientation.reading import PLAIN_GRADE, reading_grade
from finder.orientation.topics import Source, Topic, load_topics

GRADE = min(PLAIN_GRADE, 6.0)
"""Crawford made the Spanish formula from readers of grades 1 to 6, so that our texts stay where it was tried."""

PERSON_WORDS = re.compile(
    r"\b(adict[oa]s?|drogadict[oa]s?|drogadicción|toxic[oó]man[oa]s?|alcohólic[oa]s?|borrach[oa]s?|marihuanos?"
    r"|vicios?|vicios[oa]s?|limpi[oa]s?|suci[oa]s?|usuari[oa]s?|víctimas?"
    r"|abus(?:ador|a de|o de (?:drogas|alcohol|sust))\w*)",
    re.IGNORECASE,
)
MEMBERS_OWN_NAME = "Alcohólicos Anónimos"
DOSE = re.compile(
    r"\d\s?(mg|mcg|µg|ml|(?:mili|micro)gramos?|tabletas?|pastillas?|píldoras?|comprimidos?)\b", re.IGNORECASE
)
SCHEDULE = re.compile(
    r"\d\s?(%|por ciento)|\b(reduzca|reducir|baje|bajar|corte|cortar|tome)\b[^.?!]*\b(mitad|cuarto|tercio|\d+)\b"
    r"|\bcada\b[^.?!]*\b(días?|semanas?|horas?)\b",
    re.IGNORECASE,
)
FAMILIAR = re.compile(r"\b(tú|tus?|ti|te|contigo|vos|vosotr[oa]s)\b", re.IGNORECASE)
QUOTED = re.compile(r'"[^"]*"')
PHONE = re.compile(r"\b(?:911|988|1-8\d\d-\d{3}-\d{4})\b")
MUST_NOT_BE_LOST = {
    "naloxon": "naloxona",
    "seizure": "convulsi",
    "fentanyl": "fentanilo",
    "pregnan": "embaraz",
    "benzodiazepine": "benzodiacepina",
    "suddenly": "de golpe",
    "all at once": "de golpe",
}
SPANISH_SITES = {"healthcare.gov": "cuidadodesalud.gov"}

PAIRS = list(zip(load_topics("en"), load_topics("es"), strict=True))
every_pair = pytest.mark.parametrize(("english", "spanish"), PAIRS, ids=[spanish.slug for _, spanish in PAIRS])
every_topic = pytest.mark.parametrize("topic", load_topics("es"), ids=lambda topic: topic.slug)


def page(topic: Topic) -> Element:
    fragment: Element = html5lib.parseFragment(topic.body_html, namespaceHTMLElements=False)
    return fragment


def words_of(part: Element) -> str:
    return " ".join("".join(part.itertext()).split())


def lines(topic: Topic, *tags: str) -> str:
    return "\n".join(words_of(part) for tag in tags for part in page(topic).iter(tag))


def everything(topic: Topic) -> str:
    return "\n".join([topic.title, topic.summary, words_of(page(topic))])


def outline(topic: Topic) -> list[str]:
    """The elements that give a page its shape; bold words may fall differently in another language."""
    shape = re.compile(r"h\d|ul|ol|li|blockquote|table|tr|td")
    return [str(part.tag) for part in page(topic).iter() if shape.fullmatch(str(part.tag))]


def links(topic: Topic) -> list[str]:
    return [link.get("href", "") for link in page(topic).iter("a")]


def site(source: Source) -> str:
    return ".".join((urlsplit(source.url).hostname or "").split(".")[-2:])


def screen_texts(screen: FirstScreen) -> list[str]:
    kinds = [text for kind in screen.kinds_of_help.kinds for text in (kind.name, kind.summary)]
    danger = [screen.danger.heading, screen.danger.lead, *screen.danger.signs]
    warning = [screen.warning.heading, screen.warning.text]
    return [*danger, *warning, screen.kinds_of_help.heading, screen.kinds_of_help.note, *kinds]


def vocabulary_texts() -> list[str]:
    wordings = [wording for facet in vocabulary().facets for wording in (facet, *facet.terms)]
    return [text for wording in wordings for text in (wording.labels["es"], wording.explanations["es"])]


def every_text() -> list[str]:
    screen = load_first_screen("es")
    helplines = [getattr(line, key) for line in load_helplines(language="es") for key in TRANSLATED]
    topics = [everything(topic) for topic in load_topics("es")]
    return [screen.title, screen.short, *screen_texts(screen), *helplines, *vocabulary_texts(), *topics]


@every_pair
def test_a_topic_stands_at_the_same_place_under_the_same_slug(english: Topic, spanish: Topic) -> None:
    assert (spanish.slug, spanish.language) == (english.slug, "es")


@every_pair
def test_a_topic_has_the_shape_of_the_english_one(english: Topic, spanish: Topic) -> None:
    assert outline(spanish) == outline(english)


@every_pair
def test_each_link_leads_to_the_spanish_page(english: Topic, spanish: Topic) -> None:
    assert links(spanish) == [f"/es{link}" if link.startswith("/") else link for link in links(english)]


@every_pair
def test_a_topic_names_the_same_phone_numbers(english: Topic, spanish: Topic) -> None:
    assert sorted(PHONE.findall(everything(spanish))) == sorted(PHONE.findall(everything(english)))


@every_pair
def test_nothing_that_keeps_a_person_alive_is_lost(english: Topic, spanish: Topic) -> None:
    said, told = everything(english).lower(), everything(spanish).lower()
    assert [word for word, palabra in MUST_NOT_BE_LOST.items() if word in said and palabra not in told] == []


@every_pair
def test_a_warning_against_stopping_suddenly_is_as_strong(english: Topic, spanish: Topic) -> None:
    warnings = [words_of(part) for part in page(spanish).iter("blockquote")]
    assert len(warnings) == len(list(page(english).iter("blockquote")))
    for warning in warnings:
        assert all(word in warning for word in ("No ", "de golpe", "convulsiones", "Puede causar la muerte."))


@every_pair
def test_a_topic_rests_on_the_same_sources_in_the_same_order(english: Topic, spanish: Topic) -> None:
    named = [(SPANISH_SITES.get(site(source), site(source)), source.year) for source in english.sources]
    assert [(site(source), source.year) for source in spanish.sources] == named


@every_pair
def test_a_source_in_english_says_so(english: Topic, spanish: Topic) -> None:
    groups = ("Al-Anon", "Nar-Anon")
    for ours, theirs in zip(spanish.sources, english.sources, strict=True):
        same_page = ours.url == theirs.url and not ours.title.endswith(groups)
        assert ours.title.endswith("(en inglés)") == same_page, ours.title


@every_pair
def test_a_topic_was_reviewed_together_with_the_english_one(english: Topic, spanish: Topic) -> None:
    assert (spanish.last_reviewed, spanish.review_by) == (english.last_reviewed, english.review_by)


@every_topic
def test_a_topic_can_be_read_after_a_few_years_of_school(topic: Topic) -> None:
    assert reading_grade(lines(topic, "h2", "h3", "p", "li", "td"), "es") <= GRADE
    assert reading_grade(lines(topic, "p"), "es") <= GRADE


@every_topic
def test_a_summary_is_one_plain_sentence(topic: Topic) -> None:
    assert topic.summary.endswith(".")
    assert topic.summary.count(".") == 1
    assert len(topic.summary.split()) <= 25


@every_topic
def test_a_topic_is_hardly_longer_than_the_english_one_may_be(topic: Topic) -> None:
    assert 180 <= len(everything(topic).split()) <= 470


def test_the_first_screen_has_the_shape_of_the_english_one() -> None:
    english, spanish = load_first_screen("en"), load_first_screen("es")
    assert len(spanish.danger.signs) == len(english.danger.signs)
    assert [kind.code for kind in spanish.kinds_of_help.kinds] == [kind.code for kind in english.kinds_of_help.kinds]


def test_the_first_screen_calls_the_kinds_of_help_as_the_filters_do() -> None:
    for kind in load_first_screen("es").kinds_of_help.kinds:
        assert kind.name == vocabulary().label("level_of_care", kind.code, "es")


def test_the_first_screen_names_every_sign_of_danger() -> None:
    said = " ".join(load_first_screen("es").danger.signs)
    assert all(sign in said for sign in ("despierta", "respira", "convulsión", "pecho", "caliente", "confundida"))


def test_the_first_screen_warns_against_stopping_suddenly() -> None:
    screen = load_first_screen("es")
    for words in (screen.warning.text, screen.short):
        names = ("Klonopin", "Xanax", "Valium", "Ativan", "alcohol")
        assert all(word in words for word in (*names, "No deje de golpe", "convulsiones", "la muerte"))


def test_the_first_screen_is_short_and_plain() -> None:
    screen = load_first_screen("es")
    texts = screen_texts(screen)
    assert sum(len(text.split()) for text in texts) <= 150
    assert len(screen.short.split()) <= 40
    assert all(reading_grade(text, "es") <= GRADE for text in ("\n".join(texts), screen.warning.text, screen.short))


def test_every_helpline_tells_its_use_in_spanish_with_the_same_numbers() -> None:
    for english, spanish in zip(load_helplines(), load_helplines(language="es"), strict=True):
        assert (spanish.call, spanish.text_to, spanish.tty) == (english.call, english.text_to, english.tty)
        assert all(getattr(spanish, key) != getattr(english, key) for key in ("when_to_use", "hours", "note"))


def test_who_answers_in_spanish_says_how_to_reach_them() -> None:
    notes = {line.key: line.note for line in load_helplines(language="es") if "es" in line.languages}
    assert "oprima el 2" in notes["crisis_lifeline"]
    assert "AYUDA" in notes["crisis_lifeline"]
    assert "Atiende en español" in notes["samhsa_national"]


def test_nobody_is_called_a_label() -> None:
    for text in every_text():
        assert not PERSON_WORDS.findall(text.replace(MEMBERS_OWN_NAME, "")), text


def test_the_word_list_catches_labels_but_not_the_name_of_the_illness() -> None:
    assert PERSON_WORDS.findall("Un adicto que quiere estar limpio.") == ["adicto", "limpio"]
    assert PERSON_WORDS.findall("Drogadictas, alcohólicos, el vicio, abuso de drogas")
    assert not PERSON_WORDS.findall("La adicción es una enfermedad. La marihuana. El alcohol. Abuso sexual.")


def test_no_text_names_a_dose_or_a_taper_schedule() -> None:
    for text in every_text():
        assert not DOSE.search(text), text
        assert not SCHEDULE.search(text), text


@pytest.mark.parametrize(
    "advice", ["Baje un 10 %.", "Corte la pastilla por la mitad.", "Tome menos cada dos semanas.", "Tome 2 mg."]
)
def test_the_patterns_catch_doses_and_schedules(advice: str) -> None:
    assert DOSE.search(advice) or SCHEDULE.search(advice)


def test_the_reader_is_always_addressed_as_usted() -> None:
    for text in every_text():
        assert not FAMILIAR.search(QUOTED.sub("", text)), text
