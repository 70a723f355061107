"""What the guide suggests, told by the people who answer it; docs/guide.md shows the same to its reviewers."""

import re
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.domain.vocabulary import LEVEL_OF_CARE, Code, Facet, vocabulary
from finder.orientation.content import ContentError, UnknownLanguageError
from finder.orientation.first_screen import load_first_screen
from finder.orientation.guide import GUIDE, Suggestion, load_guide
from finder.orientation.guide_content import Question, Rule, read_questions, read_rules
from finder.orientation.reading import PLAIN_GRADE, reading_grade
from finder.orientation.topics import READING_ORDER

PAGE = Path(__file__).parents[3] / "docs" / "guide.md"
LANGUAGES = ("en", "es")
LEVELS = [term.code for term in vocabulary().facet(LEVEL_OF_CARE).terms]
GUIDE_EN = load_guide("en")
RULES = GUIDE_EN.book.rules
EVERYTHING = {question.key: [choice.code for choice in question.choices] for question in GUIDE_EN.questions}

PERSON_WORDS = re.compile(
    r"\b(addicts?|alcoholics?|abus\w+|junkies?|users?|drunks?|clean|dirty|habit|victims?"
    r"|adict[oa]s?|alcohólic[oa]s?|usuari[oa]s?|limpi[oa]s?|suci[oa]s?|víctimas?)\b",
    re.IGNORECASE,
)
DOSE_OR_SCHEDULE = re.compile(
    r"\d\s?(mg|mcg|ml|tablets?|pills?|%|percent|pastillas?)\b|\b(every|cada)\b[^.]*\b(days?|weeks?|días?|semanas?)\b"
    r"|\b(half|quarter|mitad|cuarto)\b",
    re.IGNORECASE,
)
SAME_IN_SPANISH = {
    "suddenly": "de golpe",
    "seizure": "convulsi",
    "kill": "muerte|matar",
    "pregnant": "embarazada",
    "naloxone": "naloxona",
    "911": "911",
    "988": "988",
    "1-800-662-4357": "1-800-662-4357",
}

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
every_question = pytest.mark.parametrize("question", GUIDE_EN.questions, ids=lambda question: question.key)
each_language = pytest.mark.parametrize("language", LANGUAGES)

some_answers = st.fixed_dictionaries(
    {}, optional={key: st.lists(st.sampled_from(codes), unique=True) for key, codes in EVERYTHING.items()}
)


def suggestion(*answers: str, language: str = "en") -> Suggestion:
    """What the guide says to answers written as "question:code"."""
    raw: dict[str, list[str]] = {}
    for answer in answers:
        key, code = answer.split(":")
        raw.setdefault(key, []).append(code)
    guide = load_guide(language)
    return guide.suggestion(guide.answers(raw))


def codes(suggested: Suggestion, facet: str) -> frozenset[Code]:
    return suggested.needs.get(Facet(facet), frozenset())


def said(suggested: Suggestion) -> str:
    return " ".join(suggested.safety)


def fires(rule: Rule, *answers: str) -> bool:
    return rule.reason in {reason.text for reason in suggestion(*answers).reasons}


def texts(language: str) -> list[str]:
    """All that the guide says in its own words, question by question and rule by rule."""
    guide = load_guide(language)
    asked = [text for question in guide.questions for text in (question.words, question.help)]
    rules = [*guide.book.rules, guide.book.otherwise]
    return [
        *asked,
        *(rule.reason for rule in rules),
        *(rule.safety for rule in rules if rule.safety),
        guide.book.assessment,
    ]


# --- What people are told


def test_danger_is_911_first_and_the_search_second() -> None:
    told = suggestion("danger:yes")
    assert told.urgent
    assert told.safety[0].startswith("Call 911 now.")
    assert "naloxone" in said(told)
    assert told.levels


def test_who_is_not_sure_about_the_danger_is_told_to_call_too() -> None:
    assert suggestion("danger:not_sure").urgent
    assert not suggestion("danger:no").urgent
    assert not suggestion().urgent


@pytest.mark.parametrize("risk", ["withdrawal:most_days", "withdrawal:severe_before", "withdrawal:not_sure"])
@pytest.mark.parametrize("substance", ["benzodiazepines", "alcohol"])
def test_daily_benzodiazepines_or_alcohol_mean_detox_with_medical_care_and_inpatient_next(
    substance: str, risk: str
) -> None:
    told = suggestion(f"used:{substance}", risk)
    assert told.levels == ("detox", "inpatient")
    assert codes(told, "detox_from") == {substance}
    assert "do not stop" in said(told).lower()


def test_a_seizure_in_withdrawal_before_means_detox_whatever_is_used() -> None:
    assert suggestion("withdrawal:severe_before").levels == ("detox", "inpatient")
    assert suggestion("withdrawal:severe_before", "used:stimulants", "home:yes").levels[0] == "detox"


def test_clonazepam_from_a_doctor_is_not_to_be_stopped_and_may_be_lowered_at_home() -> None:
    told = suggestion("who:someone", "used:benzodiazepines", "withdrawal:most_days")
    assert "Klonopin" in said(told)
    assert any("at home with the doctor who prescribes it" in reason.text for reason in told.reasons)
    assert {"benzodiazepines", "helping-someone-else"} <= set(told.topics)


def test_benzodiazepines_with_alcohol_need_a_detox_that_knows_benzodiazepines() -> None:
    told = suggestion("used:benzodiazepines", "used:alcohol", "withdrawal:most_days")
    assert codes(told, "detox_from") == {"benzodiazepines"}
    assert "breathing" in said(told)


def test_opioids_mean_programs_with_medication_and_naloxone() -> None:
    told = suggestion("used:opioids")
    assert told.levels == ("outpatient",)
    assert codes(told, "medication") == {"methadone", "buprenorphine"}
    assert "naloxone" in said(told)


def test_pregnancy_means_pregnancy_programs_and_no_sudden_stop_of_opioids_either() -> None:
    told = suggestion("person:pregnant", "used:opioids")
    assert codes(told, "population") == {"pregnant_postpartum"}
    assert codes(told, "medication") == {"methadone", "buprenorphine"}
    assert "do not stop opioids" in said(told)


def test_a_pregnant_person_who_skips_the_other_questions_is_warned_as_well() -> None:
    assert "do not stop opioids, alcohol or benzodiazepines" in said(suggestion("person:pregnant"))


def test_under_18_means_programs_that_take_teens() -> None:
    assert codes(suggestion("person:under_18"), "age_group") == {"adolescents"}


def test_a_safe_home_and_no_withdrawal_risk_mean_outpatient() -> None:
    assert suggestion("withdrawal:neither", "home:yes").levels == ("outpatient", "support_group")
    assert "detox" not in suggestion("withdrawal:neither", "home:yes", "used:alcohol").levels


def test_no_safe_home_means_a_program_to_live_at() -> None:
    assert suggestion("home:no").levels == ("inpatient",)
    assert suggestion("home:no", "used:opioids").levels == ("inpatient", "outpatient")


def test_after_treatment_come_support_groups_and_outpatient_care() -> None:
    assert suggestion("stage:after").levels == ("support_group", "outpatient")


def test_who_comes_back_to_opioids_after_a_break_is_told_that_the_body_handles_less() -> None:
    assert "handles less" in said(suggestion("used:opioids", "stage:after"))
    assert "handles less" not in said(suggestion("used:opioids", "stage:new"))


def test_detox_stays_first_for_who_drinks_daily_after_treatment() -> None:
    assert suggestion("stage:after", "used:alcohol", "withdrawal:most_days").levels[0] == "detox"


def test_unknown_pills_on_most_days_are_treated_as_if_they_could_be_dangerous_to_stop() -> None:
    told = suggestion("used:not_sure", "withdrawal:most_days")
    assert told.levels[0] == "detox"
    assert "Do not stop suddenly" in said(told)


def test_insurance_presets_the_payment() -> None:
    assert codes(suggestion("payment:medicaid", "payment:medicare"), "payment") == {"medicaid", "medicare"}
    told = suggestion("payment:none")
    assert not codes(told, "payment")
    assert codes(told, "payment_help") == {"free", "sliding_fee", "payment_assistance"}


def test_who_skips_everything_still_hears_of_all_four_kinds_of_help() -> None:
    told = suggestion()
    assert list(told.levels) == LEVELS
    assert [reason.text for reason in told.reasons] == [GUIDE_EN.book.otherwise.reason]
    assert told.topics
    assert told.searches[told.levels[0]] == {LEVEL_OF_CARE: {"detox"}}


def test_every_suggestion_says_that_a_professional_assessment_decides() -> None:
    assert "professional assessment decides" in suggestion().assessment
    assert "not a diagnosis" in suggestion("danger:yes", "used:alcohol").assessment


# --- The search that it presets


def test_a_search_asks_at_each_level_only_for_what_matters_there() -> None:
    told = suggestion("used:benzodiazepines", "used:opioids", "withdrawal:most_days", "payment:medicaid")
    detox, outpatient = told.searches[Code("detox")], told.searches[Code("outpatient")]
    assert detox[Facet("detox_from")] == {"benzodiazepines"}
    assert Facet("medication") not in detox
    assert outpatient[Facet("medication")] == {"methadone", "buprenorphine"}
    assert Facet("detox_from") not in outpatient
    assert detox[Facet("payment")] == outpatient[Facet("payment")] == {"medicaid"}


def test_a_free_meeting_is_not_hidden_from_who_has_insurance_or_is_young() -> None:
    told = suggestion("stage:after", "payment:private", "person:under_18", "used:opioids")
    assert told.searches[Code("support_group")] == {LEVEL_OF_CARE: {"support_group"}}


def test_each_need_is_asked_for_at_a_level_somewhere() -> None:
    assert all(GUIDE_EN.book.asked_at.values())


# --- Whatever is answered


@given(some_answers)
@settings(max_examples=300)
def test_any_answers_in_any_order_lead_somewhere(raw: dict[str, list[str]]) -> None:
    told = GUIDE_EN.suggestion(GUIDE_EN.answers(raw))
    backwards = GUIDE_EN.suggestion(GUIDE_EN.answers({key: given[::-1] for key, given in reversed(raw.items())}))
    assert told.levels
    assert set(told.levels) <= set(LEVELS)
    assert len(set(told.levels)) == len(told.levels)
    assert told.reasons
    assert list(told.searches) == LEVELS
    assert (told.levels, told.needs, told.safety) == (backwards.levels, backwards.needs, backwards.safety)


@given(some_answers)
def test_danger_is_urgent_whatever_else_is_answered(raw: dict[str, list[str]]) -> None:
    told = GUIDE_EN.suggestion(GUIDE_EN.answers({**raw, "danger": ["no", "yes"]}))
    assert told.urgent
    assert "911" in told.safety[0]


@given(some_answers, st.sampled_from(["benzodiazepines", "alcohol"]))
def test_daily_benzodiazepines_or_alcohol_always_lead_to_detox_first(raw: dict[str, list[str]], substance: str) -> None:
    used, risk = [*raw.get("used", []), substance], [*raw.get("withdrawal", []), "most_days"]
    told = GUIDE_EN.suggestion(GUIDE_EN.answers({**raw, "used": used, "withdrawal": risk}))
    assert told.levels[:2] == ("detox", "inpatient")
    assert codes(told, "detox_from")


@given(some_answers)
def test_a_past_withdrawal_seizure_always_leads_to_detox_first(raw: dict[str, list[str]]) -> None:
    risk = ["severe_before", *raw.get("withdrawal", [])]
    assert GUIDE_EN.suggestion(GUIDE_EN.answers({**raw, "withdrawal": risk})).levels[0] == "detox"


@given(some_answers)
def test_one_more_answer_about_what_is_used_takes_no_warning_away(raw: dict[str, list[str]]) -> None:
    fewer = GUIDE_EN.suggestion(GUIDE_EN.answers(raw))
    more = GUIDE_EN.suggestion(GUIDE_EN.answers({**raw, "used": EVERYTHING["used"]}))
    assert set(fewer.safety) <= set(more.safety)


@given(st.dictionaries(st.text() | st.sampled_from(list(EVERYTHING)), st.lists(st.text(), max_size=3)))
def test_a_stale_or_broken_page_is_answered_like_a_skipped_one(raw: dict[str, list[str]]) -> None:
    told = GUIDE_EN.suggestion(GUIDE_EN.answers(raw))
    known = {key for key, given in raw.items() if set(given) & set(EVERYTHING.get(key, ()))}
    assert GUIDE_EN.answers(raw).chosen.keys() == known
    assert told.levels


# --- Asking


def test_danger_is_asked_first_and_the_questions_are_a_handful() -> None:
    assert GUIDE_EN.questions[0].key == "danger"
    assert 6 <= len(GUIDE_EN.questions) <= 8


def test_the_danger_signs_are_those_of_the_first_screen() -> None:
    for language in LANGUAGES:
        told = load_guide(language).questions[0].help
        signs = load_first_screen(language).danger.signs
        assert [sign for sign in signs if not set(re.findall(r"\w{4,}", sign)) <= set(re.findall(r"\w+", told))] == []


def test_each_question_leads_to_the_next_until_there_is_none() -> None:
    asked, key = [], None
    while question := GUIDE_EN.next_question(key):
        asked.append(question)
        key = question.key
    assert tuple(asked) == GUIDE_EN.questions


def test_a_page_that_names_an_unknown_question_starts_again() -> None:
    assert GUIDE_EN.next_question("gone") == GUIDE_EN.questions[0]


def test_none_of_these_gives_way_to_any_other_answer() -> None:
    chosen = GUIDE_EN.answers({"withdrawal": ["neither", "not_sure", "most_days"]}).chosen
    assert chosen == {"withdrawal": ("most_days",)}
    assert GUIDE_EN.answers({"withdrawal": ["neither", "not_sure"]}).chosen == {"withdrawal": ("not_sure",)}


def test_of_two_answers_to_a_question_that_takes_one_the_more_serious_counts() -> None:
    assert GUIDE_EN.answers({"danger": ["no", "yes"], "home": ["yes", "no"]}).chosen == {
        "danger": ("yes",),
        "home": ("no",),
    }


def test_answers_never_show_in_a_log() -> None:
    answers = GUIDE_EN.answers({"used": ["opioids"], "person": ["pregnant"]})
    told = GUIDE_EN.suggestion(answers)
    shown = " ".join(map(repr, [answers, told, *told.reasons]))
    assert not re.search("opioids|pregnant|methadone", shown)


# --- The rules as data


@every_rule
def test_a_rule_fires_for_each_of_its_answers_and_not_without_them(rule: Rule) -> None:
    whole = [line[0] for line in rule.when]
    for place, line in enumerate(rule.when):
        others = whole[:place] + whole[place + 1 :]
        assert all(fires(rule, *others, answer) for answer in line)
        assert not fires(rule, *others)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.unless], ids=lambda rule: rule.key)
def test_an_answer_that_keeps_a_rule_quiet_does_so(rule: Rule) -> None:
    assert not any(fires(rule, *(line[0] for line in rule.when), quiet) for quiet in rule.unless)


@every_rule
def test_all_that_a_rule_names_is_there(rule: Rule) -> None:
    assert all(tag in vocabulary() for tag in rule.tags)
    assert set(rule.levels) <= set(LEVELS)
    assert set(rule.topics) <= set(READING_ORDER)
    assert GUIDE_EN.book.sources[rule.source].url.startswith("https://")


def test_every_answer_that_matters_is_used_by_a_rule_and_every_source_by_a_reason() -> None:
    named = set(chain.from_iterable(line for rule in RULES for line in rule.when))
    all_answers = {f"{key}:{code}" for key, choices in EVERYTHING.items() for code in choices}
    assert all_answers - named == {"danger:no", "who:me", "person:neither"}
    assert {rule.source for rule in (*RULES, GUIDE_EN.book.otherwise)} == set(GUIDE_EN.book.sources)


# --- The words


@each_language
def test_each_text_can_be_read_after_eight_years_of_school(language: str) -> None:
    assert [text for text in texts(language) if reading_grade(text, language) > PLAIN_GRADE] == []


@each_language
def test_no_text_labels_a_person_or_names_a_dose_or_a_schedule(language: str) -> None:
    assert [text for text in texts(language) if PERSON_WORDS.search(text) or DOSE_OR_SCHEDULE.search(text)] == []


def test_the_patterns_catch_what_they_are_for() -> None:
    assert PERSON_WORDS.search("An addict who wants to get clean.")
    assert DOSE_OR_SCHEDULE.search("Take 2 mg.")
    assert DOSE_OR_SCHEDULE.search("Take less every two weeks.")


def test_no_warning_is_lost_in_spanish() -> None:
    for english, spanish in zip(texts("en"), texts("es"), strict=True):
        lost = [word for word, same in SAME_IN_SPANISH.items() if word in english and not re.search(same, spanish)]
        assert (lost, spanish) == ([], spanish)


def test_both_languages_follow_the_same_rules() -> None:
    for answers in [(), *((answer,) for rule in RULES for line in rule.when for answer in line)]:
        english, spanish = suggestion(*answers), suggestion(*answers, language="es")
        assert (english.levels, english.needs, english.topics) == (spanish.levels, spanish.needs, spanish.topics)
        assert not set(english.safety) & set(spanish.safety)


def test_a_source_that_speaks_spanish_is_read_in_spanish() -> None:
    assert "/es/" in load_guide("es").book.sources["naloxone"].url
    assert "/es/" not in GUIDE_EN.book.sources["naloxone"].url


def test_a_language_that_nobody_has_written_is_a_clear_error() -> None:
    with pytest.raises(UnknownLanguageError, match=r"'tlh'; languages: en, es"):
        load_guide("tlh")


# --- The files


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (('"used:opioids"]]\nlevels', '"used:opium"]]\nlevels'), "opioids: no answer used:opium"),
        (('"medication:methadone"', '"medication:tea"'), "no tag medication:tea"),
        (('["outpatient", "support_group"]\nneeds', '["spa"]\nneeds'), "no level of care spa"),
        (('topics = ["stimulants", "therapies"]', 'topics = ["tea"]'), "stimulants: no topic tea"),
        (('source = "teens"', 'source = "hearsay"'), "under_18: no source hearsay"),
        (("therapy = [", "accessibility = ["), "therapy is not in asked_at"),
        (('when = [["payment:none"]]', "when = [[]]"), "no_insurance: needs at least one line"),
        (('when = [["payment:none"]]', "when = []"), "no_insurance: needs at least one line"),
        (('key = "no_insurance"', 'key = "medicaid"'), "stands twice: medicaid"),
        (('levels = ["detox", "inpatient", "outpatient", "support_group"]', "levels = []"), "otherwise: must name"),
        (("urgent = true", "urgant = true"), "urgant"),
        (("[otherwise]", "[other]"), "otherwise"),
        (('reason.es = "El primer', 'reason.fr = "El primer'), None),
    ],
)
def test_a_rule_that_leads_nowhere_is_refused_by_the_name_of_its_file(
    tmp_path: Path, change: tuple[str, str], reason: str | None
) -> None:
    good = (GUIDE / "rules.toml").read_text(encoding="utf-8")
    assert change[0] in good
    path = tmp_path / "rules.toml"
    path.write_text(good.replace(*change, 1), encoding="utf-8")
    if reason is None:
        with pytest.raises(UnknownLanguageError, match="new: reason is not written in 'es'"):
            read_rules(path, "es", load_guide("es").questions)
        return
    with pytest.raises(ContentError, match=re.escape(reason)) as refusal:
        read_rules(path, "en", GUIDE_EN.questions)
    assert str(path) in str(refusal.value)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (('key = "who"', 'key = "danger"'), "stands twice: danger"),
        (('code = "someone"', 'code = "me"'), "stands twice: who:me"),
        (('label = {en = "For me", es = "Para mí"}', 'label = "For me"'), "label must be written as"),
        (("multiple = true", "several = true"), "several"),
    ],
)
def test_a_malformed_question_is_refused_by_the_name_of_its_file(
    tmp_path: Path, change: tuple[str, str], reason: str
) -> None:
    path = tmp_path / "questions.toml"
    path.write_text((GUIDE / "questions.toml").read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=re.escape(reason)) as refusal:
        read_questions(path, "en")
    assert str(path) in str(refusal.value)


# --- The page that a clinician reviews


def question_section(question: Question) -> str:
    rows = [f"| `{question.key}:{choice.code}` | {choice.label} |" for choice in question.choices]
    several = " Several answers." if question.multiple else ""
    return "\n".join(
        [f"### {question.words}", "", f"{question.help}{several}", "", "| code | answer |", "|---|---|", *rows]
    )


def rule_row(rule: Rule) -> str:
    source = GUIDE_EN.book.sources[rule.source]
    when = " **and** ".join(" or ".join(f"`{answer}`" for answer in line) for line in rule.when)
    unless = "".join(f" **unless** `{answer}`" for answer in rule.unless)
    suggests = ["**urgent**"] * rule.urgent + [f"`{name}`" for name in (*rule.levels, *rule.needs)]
    suggests += [f"read {slug}" for slug in rule.topics]
    safety = [f"**{rule.safety}**"] if rule.safety else []
    cells = [f"`{rule.key}`", when + unless, ", ".join(suggests), " ".join([*safety, rule.reason])]
    return f"| {' | '.join(cells)} | [{source.title}]({source.url}) |"


@every_question
def test_the_page_shows_each_question_with_its_answers(question: Question) -> None:
    assert question_section(question) in PAGE.read_text(encoding="utf-8")


@every_rule
def test_the_page_shows_each_rule_with_answers_suggestion_reason_and_source(rule: Rule) -> None:
    assert rule_row(rule) in PAGE.read_text(encoding="utf-8")


def test_the_page_shows_nothing_that_the_guide_no_longer_has() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|.*https://", page, re.MULTILINE) == [rule.key for rule in RULES]
    assert re.findall(r"^\| `(\w+:\w+)` \|", page, re.MULTILINE) == [
        f"{key}:{code}" for key, choices in EVERYTHING.items() for code in choices
    ]
    assert re.findall(r"^\| `(\w+)` \| (`[\w`, ]+`) \|$", page, re.MULTILINE) == [
        (facet, ", ".join(f"`{level}`" for level in levels)) for facet, levels in GUIDE_EN.book.asked_at.items()
    ]
    assert GUIDE_EN.book.otherwise.reason in page
    assert GUIDE_EN.book.assessment in page
