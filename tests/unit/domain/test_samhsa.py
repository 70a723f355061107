import re
from pathlib import Path

import pytest

from finder.domain.samhsa import COLUMNS, load_samhsa_codes, samhsa_codes
from finder.domain.vocabulary import Code, Facet, Tag, vocabulary


def test_the_codes_of_a_facility_add_up_and_unknown_ones_are_told_apart() -> None:
    codes = ["SA", "DT", "BDTX", "MD", "ZZZ"]
    assert samhsa_codes().tags_of(codes) == samhsa_codes().tags_of(["DT"]) | samhsa_codes().tags_of(["BDTX", "MD"])
    assert samhsa_codes().unknown(codes) == {"ZZZ"}
    assert samhsa_codes().tags_of([]) == frozenset()


def test_a_code_of_two_categories_has_the_tags_of_both(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    lines = [",".join(COLUMNS), "A,HS,Housing,housing:housing_help,", "B,HS,Housing,gender:female,", "C,HS,Housing,,no"]
    path.write_text("\n".join(lines), encoding="utf-8")
    housing_help, female = Tag(Facet("housing"), Code("housing_help")), Tag(Facet("gender"), Code("female"))
    codes = load_samhsa_codes(path, vocabulary())
    assert codes.tags == {"HS": {housing_help, female}}
    assert codes.unused == frozenset()


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ([], "codes.csv: the columns are category_code, service_code, service_name, tags, not_used_because"),
        (["category,code"], "codes.csv: the columns are"),
        (
            [",".join(COLUMNS), "TC,DT,Detox,level_of_care:detoxx,"],
            "line 2: the vocabulary has no 'level_of_care:detoxx'",
        ),
        ([",".join(COLUMNS), "TC,DT,Detox,detox,"], "line 2: the vocabulary has no 'detox'"),
        ([",".join(COLUMNS), "TC,DT,Detox,,"], "line 2: DT needs either tags or a reason for having none"),
        ([",".join(COLUMNS), "TC,DT,Detox,level_of_care:detox,why"], "line 2: DT needs either tags or a reason"),
        ([",".join(COLUMNS), "TC,,Detox,level_of_care:detox,"], "line 2: no service code"),
        ([",".join(COLUMNS), "TC,DT,Detox"], "line 2: 3 cells, not 5"),
        ([",".join(COLUMNS), "TC,SA,Use,,all", "TC,SA,Use,,all"], "line 3: TC SA stands twice"),
    ],
)
def test_a_mistake_in_the_table_is_named_with_its_line(lines: list[str], complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(complaint)):
        load_samhsa_codes(path, vocabulary())
