"""The names on a map."""

from finder.places import Gazetteer


def names(gazetteer: Gazetteer, *box: float, zoom: int) -> list[str]:
    return [town.name for town in gazetteer.towns.on_map(*box, zoom)]


def test_the_largest_cities_are_named_first(gazetteer: Gazetteer) -> None:
    assert {"New York", "Houston", "Los Angeles", "Chicago"} <= set(names(gazetteer, -125, 24, -66, 50, zoom=4))


def test_who_comes_closer_sees_smaller_towns(gazetteer: Gazetteer) -> None:
    assert "Evanston" not in names(gazetteer, -90, 40, -86, 43, zoom=6)
    assert "Evanston" in names(gazetteer, -88, 41.7, -87.4, 42.2, zoom=11)


def test_names_do_not_overlap_and_never_crowd_the_map(gazetteer: Gazetteer) -> None:
    assert "Cicero" not in names(gazetteer, -88, 41.7, -87.4, 42.2, zoom=8)
    assert len(names(gazetteer, -180, -90, 180, 90, zoom=6)) <= 24


def test_a_map_across_the_date_line_has_names_on_both_sides(gazetteer: Gazetteer) -> None:
    seen = gazetteer.towns.on_map(140, 10, -150, 25, 4)
    assert {town.point.longitude > 0 for town in seen} == {True, False}
