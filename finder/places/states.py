"""The states, the District of Columbia, the territories and the freely associated states: their names and codes."""

from collections.abc import Iterator

from finder.places.spelling import Words, words

STATES = {
    "AL": "Alabama",
    "AK": "Alaska",
    "AZ": "Arizona",
    "AR": "Arkansas",
    "CA": "California",
    "CO": "Colorado",
    "CT": "Connecticut",
    "DE": "Delaware",
    "DC": "District of Columbia",
    "FL": "Florida",
    "GA": "Georgia",
    "HI": "Hawaii",
    "ID": "Idaho",
    "IL": "Illinois",
    "IN": "Indiana",
    "IA": "Iowa",
    "KS": "Kansas",
    "KY": "Kentucky",
    "LA": "Louisiana",
    "ME": "Maine",
    "MD": "Maryland",
    "MA": "Massachusetts",
    "MI": "Michigan",
    "MN": "Minnesota",
    "MS": "Mississippi",
    "MO": "Missouri",
    "MT": "Montana",
    "NE": "Nebraska",
    "NV": "Nevada",
    "NH": "New Hampshire",
    "NJ": "New Jersey",
    "NM": "New Mexico",
    "NY": "New York",
    "NC": "North Carolina",
    "ND": "North Dakota",
    "OH": "Ohio",
    "OK": "Oklahoma",
    "OR": "Oregon",
    "PA": "Pennsylvania",
    "RI": "Rhode Island",
    "SC": "South Carolina",
    "SD": "South Dakota",
    "TN": "Tennessee",
    "TX": "Texas",
    "UT": "Utah",
    "VT": "Vermont",
    "VA": "Virginia",
    "WA": "Washington",
    "WV": "West Virginia",
    "WI": "Wisconsin",
    "WY": "Wyoming",
    "AS": "American Samoa",
    "GU": "Guam",
    "MP": "Northern Mariana Islands",
    "PR": "Puerto Rico",
    "VI": "U.S. Virgin Islands",
    "FM": "Federated States of Micronesia",
    "MH": "Marshall Islands",
    "PW": "Palau",
}

_OTHER_NAMES = {
    "AL": "Ala",
    "AZ": "Ariz",
    "AR": "Ark",
    "CA": "Calif, Cal",
    "CO": "Colo",
    "CT": "Conn",
    "DE": "Del",
    "FL": "Fla",
    "IL": "Ill",
    "IN": "Ind",
    "KS": "Kans, Kan",
    "MA": "Mass",
    "MI": "Mich",
    "MN": "Minn",
    "MS": "Miss",
    "MO": "Mo",
    "MP": "Commonwealth of the Northern Mariana Islands, CNMI",
    "MT": "Mont",
    "NE": "Nebr, Neb",
    "NV": "Nev",
    "NH": "N Hampshire",
    "NJ": "N Jersey",
    "NM": "N Mexico, New Mex",
    "NC": "N Carolina",
    "ND": "N Dakota, N Dak",
    "OK": "Okla",
    "OR": "Ore, Oreg",
    "PA": "Penn, Penna",
    "SC": "S Carolina",
    "SD": "S Dakota, S Dak",
    "TN": "Tenn",
    "TX": "Tex",
    "WA": "Wash",
    "WV": "W Virginia, W Va",
    "WI": "Wis, Wisc",
    "WY": "Wyo",
    "VI": "Virgin Islands, US Virgin Islands, USVI",
    "FM": "Micronesia",
    "MH": "Republic of the Marshall Islands",
}

MILITARY_STATES = frozenset({"aa", "ae", "ap"})


def _spellings() -> Iterator[tuple[Words, str]]:
    for code, name in STATES.items():
        yield (code.lower(),), code
        yield tuple(code.lower()), code  # "D C"
        yield words(name), code
        for other in _OTHER_NAMES.get(code, "").split(", "):
            yield words(other), code


_BY_WORDS = {spelling: code for spelling, code in _spellings() if spelling}
_LONGEST = max(map(len, _BY_WORDS))


def state_called(name: Words) -> str:
    """The code of the state that ``name`` is, also as "state of Maine" or "Maine state"; empty when it is none."""
    if name[:2] == ("state", "of"):
        name = name[2:]
    return _BY_WORDS.get(name[:-1] if name[-1:] == ("state",) else name, "")


def split_state(name: Words) -> Iterator[tuple[Words, str]]:
    """Every way to read a state at the end of ``name``, longest first: what stands before it, and its code."""
    for length in range(min(_LONGEST, len(name) - 1), 0, -1):
        if code := _BY_WORDS.get(name[-length:]):
            yield name[:-length], code


def codes_beginning(name: Words) -> frozenset[str]:
    """The states that somebody may mean who has typed so much: of "il" Illinois alone, of "i" those with an I."""
    if called := _BY_WORDS.get(name):
        return frozenset({called})
    begun = " ".join(name)
    return frozenset(code for code, state in STATES.items() if " ".join(words(state)).startswith(begun))
