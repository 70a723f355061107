import csv
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

from finder.domain.samhsa import samhsa_codes
from finder.domain.vocabulary import SEEDS, Code, Facet, Tag, vocabulary

FACILITIES = Path(__file__).parents[3].parent / "shared" / "data" / "facilities"

# Stand in for the real files where those are absent: four codes of the directory, three facilities with their codes.
SAMPLE_CODES = {("TC", "DT"), ("SET", "RD"), ("OT", "ULC"), ("SMP", "SMON")}
SAMPLE_FACILITIES = ["SA DT * OP OD ORT * MD * BDTX", "SA * RES RL * PI", "SA HH * SHG PEER RC"]

LEVELS = {
    "detox": {"DT", "HID", "OD", "RD", "ADTX", "BDTX", "CDTX", "MDTX", "ODTX"},
    "inpatient": {"HI", "HIT", "RES", "RL", "RS", "HID", "RD"},
    "outpatient": {"OP", "ORT", "OIT", "ODT", "OMB", "OD"},
    "support_group": {"SHG", "PEER", "RC"},
}


KINDS = {"detox_outpatient": "OD", "detox_residential": "RD", "detox_hospital": "HID"}
KINDS |= {"residential_short": "RS", "residential_long": "RL", "hospital_inpatient": "HIT"}
KINDS |= {"outpatient_regular": "ORT", "outpatient_intensive": "OIT", "outpatient_day": "ODT"}
KINDS |= {"outpatient_medication": "OMB"}

DETOX_FROM = {"ADTX": "alcohol", "BDTX": "benzodiazepines", "CDTX": "cocaine", "MDTX": "methamphetamine"}
DETOX_FROM |= {"ODTX": "opioids"}


@cache
def shipped_rows() -> list[dict[str, str]]:
    with (SEEDS / "samhsa-codes.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def published_codes() -> set[tuple[str, str]]:
    """(category, code) of SAMHSA's dictionary of several editions and of the code sheet of the 2022 workbook."""
    published: set[tuple[str, str]] = set()
    for name in ("samhsa-code-dictionary.csv", "samhsa-sa-2022-codes.csv"):
        if (FACILITIES / name).exists():
            with (FACILITIES / name).open(encoding="utf-8", newline="") as file:
                published |= {(row["category_code"], row["service_code"]) for row in csv.DictReader(file)}
    return published or SAMPLE_CODES


@cache
def facilities() -> list[set[str]]:
    """The codes of each facility of the 2022 workbook."""
    path = FACILITIES / "samhsa-sa-2022.xlsx"
    if not path.exists():
        return [set(codes.replace("*", " ").split()) for codes in SAMPLE_FACILITIES]
    with closing(load_workbook(path, read_only=True)) as workbook:
        header, *rows = workbook.worksheets[0].iter_rows(values_only=True)
    column = header.index("service_code_info")
    return [set(str(row[column]).replace("*", " ").split()) for row in rows]


def codes_with(facet: str, code: str) -> set[str]:
    """Service codes that are enough for a facility to be found by this code of the facet."""
    return {service for service, tags in samhsa_codes().tags.items() if tag(facet, code) in tags}


def tag(facet: str, code: str) -> Tag:
    return Tag(Facet(facet), Code(code))


def tags(*codes: str) -> set[str]:
    return {str(each) for each in samhsa_codes().tags_of(codes)}


def test_every_published_code_is_in_the_table() -> None:
    assert published_codes() <= {(row["category_code"], row["service_code"]) for row in shipped_rows()}


def test_the_table_has_no_code_that_samhsa_did_not_publish() -> None:
    assert len(shipped_rows()) == 346
    if published_codes() != SAMPLE_CODES:
        assert {(row["category_code"], row["service_code"]) for row in shipped_rows()} == published_codes()


def test_every_code_is_either_searched_by_or_says_why_not() -> None:
    for row in shipped_rows():
        assert bool(row["tags"]) != bool(row["not_used_because"]), row["service_code"]
    assert not samhsa_codes().tags.keys() & samhsa_codes().unused
    assert samhsa_codes().tags.keys() | samhsa_codes().unused == {row["service_code"] for row in shipped_rows()}


def test_every_tag_is_in_the_vocabulary() -> None:
    for row in shipped_rows():
        for each in row["tags"].split():
            facet, code = each.split(":")
            assert (facet, code) in vocabulary(), row["service_code"]


def test_a_code_means_the_same_in_every_category() -> None:
    meanings: dict[str, set[tuple[str, str]]] = {}
    for row in shipped_rows():
        meanings.setdefault(row["service_code"], set()).add((row["tags"], row["not_used_because"]))
    assert [code for code, meaning in meanings.items() if len(meaning) > 1] == []


@pytest.mark.parametrize("level", LEVELS)
def test_only_these_codes_give_the_level(level: str) -> None:
    assert codes_with("level_of_care", level) == LEVELS[level]


def test_a_kind_of_care_never_stands_without_its_level() -> None:
    for service, service_tags in samhsa_codes().tags.items():
        for each in service_tags:
            level = vocabulary().term(*each).level
            assert level is None or tag("level_of_care", level) in service_tags, service


def test_what_one_can_be_detoxed_from_never_stands_without_the_level_detox() -> None:
    for service, service_tags in samhsa_codes().tags.items():
        if any(each.facet == "detox_from" for each in service_tags):
            assert tag("level_of_care", "detox") in service_tags, service


@pytest.mark.parametrize(("code", "substance"), DETOX_FROM.items())
def test_someone_finds_detox_from_what_they_take(code: str, substance: str) -> None:
    assert codes_with("detox_from", substance) == {code}
    assert tags(code) == {"level_of_care:detox", f"detox_from:{substance}", f"substance:{substance}"}


@pytest.mark.parametrize(("kind", "code"), KINDS.items())
def test_a_setting_is_one_kind_of_care(kind: str, code: str) -> None:
    assert codes_with("kind_of_care", kind) == {code}


def test_a_self_help_group_at_a_facility_is_not_a_meeting() -> None:
    assert codes_with("kind_of_care", "peer_support") == {"SHG", "PEER", "RC"}
    assert codes_with("kind_of_care", "mutual_help_meeting") == set()


@pytest.mark.parametrize("code", ["DT", "HI", "RES", "OP"])
def test_a_heading_gives_a_level_and_leaves_the_kind_open(code: str) -> None:
    assert {each.split(":")[0] for each in tags(code)} == {"level_of_care"}


def test_medication_during_detox_alone_is_not_detox() -> None:
    assert "MDET" in samhsa_codes().unused


@pytest.mark.parametrize("code", ["DB", "DM", "DLC", "ULC", "MWS"])
def test_an_opioid_detox_method_is_no_detox_program(code: str) -> None:
    assert "substance:opioids" in tags(code)
    assert not {each for each in tags(code) if each.startswith(("level_of_care:", "detox_from:"))}


def test_a_place_that_treats_no_opioid_or_alcohol_use_disorder_is_not_found_by_them() -> None:
    assert {"NOOP", "NAUT"} <= samhsa_codes().unused


def test_a_place_that_takes_people_on_medication_from_elsewhere_is_not_said_to_give_it() -> None:
    assert tags("MOA") == {"substance:opioids", "medication:opioid_medication_from_elsewhere"}
    assert tags("ACMA") == {"substance:alcohol", "medication:alcohol_medication_from_elsewhere"}
    assert tags("NMOA") == {"substance:opioids"}
    assert tags("NMAUT") == {"substance:alcohol"}


@pytest.mark.parametrize(
    ("medication", "codes"),
    [
        ("methadone", {"MU", "METH", "MM", "MMW", "DM"}),
        ("buprenorphine", {"BU", "BUM", "BMW", "UB", "DB", "BWN", "BWON", "BERI", "BSDM"}),
        ("naltrexone", {"NU", "UN", "RPN", "NXN", "VTRL"}),
        ("buprenorphine_injection", {"BERI"}),
        ("naltrexone_injection", {"VTRL"}),
        ("alcohol_medication", {"PMAT"}),
        ("lofexidine_clonidine", {"LFXD", "CLND", "ULC", "DLC"}),
    ],
)
def test_someone_finds_a_medication_by_its_name(medication: str, codes: set[str]) -> None:
    assert codes_with("medication", medication) == codes


def test_a_place_that_serves_only_some_people_is_marked() -> None:
    assert tags("OUDO") == {"substance:opioids", "substance:opioids_only"}
    assert tags("AUDO") == {"substance:alcohol", "substance:alcohol_only"}
    assert tags("DUO") == {"population:dui", "population:dui_only"}


def test_a_parent_finds_places_that_take_adolescents_and_places_made_for_them() -> None:
    assert codes_with("age_group", "adolescents") == {"CHLD", "AD", "SED"}
    assert codes_with("population", "adolescents") == {"AD"}


def test_a_program_for_women_or_men_also_says_who_is_accepted() -> None:
    assert codes_with("gender", "female") == {"FEM", "WN", "PW"}
    assert codes_with("gender", "male") == {"MALE", "MN"}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("HH", {"housing:recovery_housing"}),
        ("TELE", {"attendance:hybrid"}),
        ("SUMH", {"co_occurring:mental_health"}),
        ("CO", {"co_occurring:mental_health"}),
        ("AH", {"accessibility:sign_language"}),
        ("NP", {"payment_help:free"}),
        ("SS", {"payment_help:sliding_fee"}),
        ("MD", {"payment:medicaid"}),
        ("SP", {"language:spanish"}),
        ("VAMC", {"ownership:federal_government", "ownership:veterans_affairs", "population:veterans"}),
    ],
)
def test_a_code_means(code: str, expected: set[str]) -> None:
    assert tags(code) == expected


def test_no_facility_of_the_directory_carries_an_unknown_code() -> None:
    assert samhsa_codes().unknown(set().union(*facilities())) == frozenset()


def test_nearly_every_facility_of_the_directory_has_a_level_of_care() -> None:
    without = [codes for codes in facilities() if not codes & set().union(*LEVELS.values())]
    assert len(without) < len(facilities()) * 0.015
    for codes in facilities():
        levels = {each.code for each in samhsa_codes().tags_of(codes) if each.facet == "level_of_care"}
        assert levels == {level for level in LEVELS if codes & LEVELS[level]}
