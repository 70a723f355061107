import re
import string
from pathlib import Path

import pytest

from finder.domain.vocabulary import FacetTerms, Tag, Term, Vocabulary, load_vocabulary, vocabulary
from finder.orientation.reading import PLAIN_GRADE, reading_grade

PAGE = Path(__file__).parents[3] / "docs" / "vocabulary.md"

FACETS = ["level_of_care", "kind_of_care", "detox_from", "substance", "medication", "payment", "payment_help"]
FACETS += ["age_group", "gender", "population", "language", "therapy", "co_occurring", "accessibility", "attendance"]
FACETS += ["housing", "ownership", "accreditation", "fellowship", "meeting_type"]

UNKIND = re.compile(
    r"\b(addicts?|abusers?|substance abuse|drug abuse|alcoholics?|junkies?|clean|dirty)\b", re.IGNORECASE
)
PROMISES = re.compile(r"\b(best|proven|guarantee\w*|cures?|cured|success\w*|safe and|luxury|top)\b", re.IGNORECASE)
DOSES = re.compile(r"\b(mg|milligrams?|dos(e|es|age)|taper\w*)\b", re.IGNORECASE)
MEMBERS_OWN_NAME = "Alcoholics Anonymous"
TWO_LINES = 50
"""Characters: a choice is about 26 characters wide beside its box and its count at 320 pixels."""

every_language = pytest.mark.parametrize("language", ["en", "es"])

SMALLEST = """
[[facets]]
code = "level_of_care"
label.en = "Kind of help"
label.es = "Tipo de ayuda"
explanation.en = "What kind of help it is."
[[facets.codes]]
code = "detox"
label.en = "Detox"
explanation.en = "Help to get through withdrawal."

[[facets]]
code = "kind_of_care"
label.en = "Type of program"
explanation.en = "How the care is given."
[[facets.codes]]
code = "detox_hospital"
level = "detox"
label.en = "Detox in a hospital"
explanation.en = "Stay in a hospital through withdrawal."
"""


def all_terms() -> list[Term]:
    return [term for facet in vocabulary().facets for term in facet.terms]


def everything_people_read() -> list[str]:
    wordings: list[FacetTerms | Term] = [*vocabulary().facets, *all_terms()]
    return [text for each in wordings for text in (*each.labels.values(), *each.explanations.values())]


def read(text: str, folder: Path) -> Vocabulary:
    path = folder / "vocabulary.toml"
    path.write_text(text, encoding="utf-8")
    return load_vocabulary(path)


def test_the_filter_panel_asks_first_what_kind_of_help_a_person_needs() -> None:
    assert [facet.facet for facet in vocabulary().facets] == FACETS


def test_there_are_four_levels_of_care_in_the_order_people_usually_meet_them() -> None:
    levels = [term.code for term in vocabulary().facet("level_of_care").terms]
    assert levels == ["detox", "inpatient", "outpatient", "support_group"]


def test_each_of_the_twelve_kinds_of_care_belongs_to_a_level_and_every_level_has_a_kind() -> None:
    kinds = vocabulary().facet("kind_of_care").terms
    assert len(kinds) == 12
    assert {kind.level for kind in kinds} == {level.code for level in vocabulary().facet("level_of_care").terms}


def test_every_treatment_carries_its_asam_name_and_peer_help_has_none() -> None:
    for kind in vocabulary().facet("kind_of_care").terms:
        assert kind.asam.startswith("ASAM ") == (kind.level != "support_group"), kind.code


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("outpatient_regular", "1.5"),
        ("outpatient_intensive", "2.1"),
        ("outpatient_day", "2.5"),
        ("residential_short", "3.5"),
        ("residential_long", "3.1 to 3.5"),
        ("hospital_inpatient", "3.7 to 4"),
    ],
)
def test_a_clinician_recognizes_the_asam_level(kind: str, number: str) -> None:
    assert vocabulary().term("kind_of_care", kind).asam.startswith(f"ASAM {number}, ")


def test_one_can_ask_for_detox_from_the_substance_one_takes() -> None:
    substances = [term.code for term in vocabulary().facet("detox_from").terms]
    assert substances == ["alcohol", "benzodiazepines", "opioids", "cocaine", "methamphetamine"]


def test_whoever_asks_for_detox_from_a_substance_can_ask_for_its_treatment_by_the_same_name() -> None:
    assert all(("substance", term.code) in vocabulary() for term in vocabulary().facet("detox_from").terms)


def test_a_code_reads_well_in_a_link() -> None:
    for term in all_terms():
        assert set(term.code) <= set(string.ascii_lowercase + "_"), term.tag
        assert len(term.code) <= 40, term.tag


@every_language
def test_everything_is_said_in_every_language(language: str) -> None:
    for wording in (*vocabulary().facets, *all_terms()):
        assert language in wording.labels, wording.label()
        assert language in wording.explanations, wording.label()


@every_language
def test_no_two_filters_and_no_two_choices_of_one_look_alike(language: str) -> None:
    for wordings in (vocabulary().facets, *(facet.terms for facet in vocabulary().facets)):
        labels = [wording.label(language).casefold() for wording in wordings]
        assert len(labels) == len(set(labels)), labels


@every_language
def test_a_label_takes_two_lines_of_a_small_phone_at_most(language: str) -> None:
    for wording in (*vocabulary().facets, *all_terms()):
        assert len(wording.label(language)) <= TWO_LINES, wording.label(language)


def test_an_explanation_is_not_left_in_english() -> None:
    for wording in (*vocabulary().facets, *all_terms()):
        assert wording.explanation("es") != wording.explanation("en")


def test_every_text_is_one_line() -> None:
    for text in everything_people_read():
        assert text == text.strip()
        assert "\n" not in text


def test_every_explanation_is_a_sentence_that_fits_under_its_choice_on_a_phone() -> None:
    for wording in (*vocabulary().facets, *all_terms()):
        for explanation in wording.explanations.values():
            assert len(explanation) <= 140, explanation
            assert explanation.endswith("."), explanation


@every_language
@pytest.mark.parametrize("facet", vocabulary().facets, ids=lambda facet: facet.facet)
def test_the_explanations_of_a_filter_can_be_read_after_eight_years_of_school(facet: FacetTerms, language: str) -> None:
    text = " ".join([facet.explanation(language), *(term.explanation(language) for term in facet.terms)])
    assert reading_grade(text, language) <= PLAIN_GRADE


def test_words_put_the_person_first_promise_nothing_and_name_no_dose() -> None:
    for text in everything_people_read():
        ours = text.replace(MEMBERS_OWN_NAME, "")
        assert not UNKIND.search(ours), text
        assert not PROMISES.search(ours), text
        assert not DOSES.search(ours), text


def test_the_page_about_the_vocabulary_is_complete() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for facet in vocabulary().facets:
        assert f"## {facet.label()} (`{facet.facet}`)\n\n{facet.explanation()}\n" in page
        section = page.split(f"(`{facet.facet}`)\n", 1)[1].split("\n## ", 1)[0]
        codes = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
        assert codes == [term.code for term in facet.terms]
        for term in facet.terms:
            assert f"| `{term.code}` | {term.label()} | {term.explanation()} |" in section


def test_a_label_is_shown_in_the_visitors_language_and_in_english_where_that_is_missing(tmp_path: Path) -> None:
    words = read(SMALLEST, tmp_path)
    assert words.facet("level_of_care").label("es") == "Tipo de ayuda"
    assert words.label("level_of_care", "detox", "es") == "Detox"
    assert words.term("level_of_care", "detox").explanation("es") == "Help to get through withdrawal."


def test_a_made_up_filter_in_a_link_is_not_in_the_vocabulary() -> None:
    assert ("level_of_care", "detox") in vocabulary()
    assert ("level_of_care", "medicaid") not in vocabulary()
    assert ("constructor", "detox") not in vocabulary()
    with pytest.raises(KeyError):
        vocabulary().label("level_of_care", "medicaid")
    with pytest.raises(KeyError):
        vocabulary().facet("constructor")


def test_a_tag_is_written_as_facet_and_code() -> None:
    tag = vocabulary().term("payment", "medicaid").tag
    assert tag == Tag(vocabulary().facet("payment").facet, vocabulary().term("payment", "medicaid").code)
    assert str(tag) == "payment:medicaid"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('label.en = "Detox"\n', ""), "facet level_of_care, code detox: label.en is missing"),
        (('label.en = "Detox"\n', 'label.es = "Detox"\n'), "facet level_of_care, code detox: label.en is missing"),
        (
            ('label.en = "Detox"\n', 'label.en = "  "\n'),
            "facet level_of_care, code detox, label: en is missing or not a",
        ),
        (('label.en = "Detox"\n', "label.en = 7\n"), "facet level_of_care, code detox, label: en is missing or not a"),
        (('explanation.en = "How the care is given."\n', ""), "facet kind_of_care: explanation.en is missing"),
        (('label.es = "Tipo', 'colour = "red"\nlabel.es = "Tipo'), "facet level_of_care: unknown key colour"),
        (('level = "detox"', 'level = "day"'), "facet kind_of_care, code detox_hospital: no level of care called day"),
        (('level = "detox"\n', ""), "facet kind_of_care, code detox_hospital: level is missing or not a text"),
        (
            ('code = "detox"\n', 'code = "detox"\nlevel = "detox"\n'),
            "facet level_of_care, code detox: unknown key level",
        ),
        (('code = "detox"\n', 'code = "De tox"\n'), "facet level_of_care: a code is lower-case"),
        (('code = "detox"\n', ""), "facet level_of_care: code is missing or not a text"),
        (('code = "kind_of_care"', 'code = "level_of_care"'), "unknown key level"),
        (("[[facets]]\n", "[[facet]]\n"), "vocabulary.toml: "),
        (('label.en = "Detox"', "label.en = Detox"), "vocabulary.toml: Invalid value"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_place(change: tuple[str, str], complaint: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=re.escape(complaint)):
        read(SMALLEST.replace(*change, 1), tmp_path)


def test_a_code_that_stands_twice_in_a_facet_is_refused(tmp_path: Path) -> None:
    again = '[[facets.codes]]\ncode = "detox_hospital"\nlevel = "detox"\nlabel.en = "A"\nexplanation.en = "B."\n'
    with pytest.raises(ValueError, match="facet kind_of_care: stands twice: detox_hospital"):
        read(SMALLEST + again, tmp_path)


def test_a_facet_that_stands_twice_is_refused(tmp_path: Path) -> None:
    first_facet = SMALLEST.partition("\n\n")[0]
    with pytest.raises(ValueError, match="stands twice: level_of_care"):
        read(SMALLEST + first_facet, tmp_path)


def test_a_facet_without_codes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"facet payment: needs at least one \[\[codes\]\] table"):
        read(SMALLEST + '[[facets]]\ncode = "payment"\nlabel.en = "A"\nexplanation.en = "B."\n', tmp_path)
