"""How counties, parishes, boroughs and municipios are named, in the data and by people."""

from typing import NamedTuple

from finder.places.spelling import Words, key, words

_BEFORE = {
    ("city", "and", "borough", "of"): "borough",
    ("municipality", "of"): "municipality",
    ("municipio", "de"): "municipio",
    ("county", "of"): "county",
    ("parish", "of"): "parish",
}
_AFTER = {
    ("city", "and", "borough"): "borough",
    ("census", "area"): "census area",
    ("municipality",): "municipality",
    ("municipio",): "municipio",
    ("borough",): "borough",
    ("parish",): "parish",
    ("county",): "county",
    ("cnty",): "county",
    ("co",): "county",
}


class CountyName(NamedTuple):
    """A county's name without the word for its kind, and that kind ("county", "parish" ...)."""

    bare: Words
    kind: str


def split_kind(name: Words) -> CountyName | None:
    """ "Cook" and "county" of "Cook Co"; None where nothing says that a county is meant."""
    for ending, kind in _AFTER.items():
        if len(name) > len(ending) and name[-len(ending) :] == ending:
            return CountyName(name[: -len(ending)], kind)
    for beginning, kind in _BEFORE.items():
        if len(name) > len(beginning) and name[: len(beginning)] == beginning:
            return CountyName(name[len(beginning) :], kind)
    return None


def county_key(county: str) -> str:
    """One spelling for the ways the data writes a county: "St Mary's County" and "St. Mary's County".

    Independent cities, most of them Virginia's, keep the word "city": Richmond city is not Richmond County.
    """
    name = words(county)
    split = split_kind(name)
    return key(split.bare if split else name)
