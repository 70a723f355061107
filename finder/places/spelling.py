"""What makes two ways to write a name the same name."""

import re
import unicodedata
from functools import lru_cache

Words = tuple[str, ...]

_APOSTROPHES = re.compile("['`\u2018\u2019\u02bb\u02bc\u00b4]")  # straight, typographic, and the Hawaiian okina
_ACCENTS = re.compile("[\u0300-\u036f]")
_INITIALS = re.compile(r"\b([a-z])\.(?=[a-z]\b)")
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")

_DIRECTIONS = {"n": "north", "no": "north", "s": "south", "so": "south", "e": "east", "w": "west"}

# The Postal Service's abbreviations for the parts of place names, and the older ones that people still write.
_ABBREVIATIONS = {
    "st": "saint",
    "ste": "sainte",
    "sta": "santa",
    "ft": "fort",
    "mt": "mount",
    "mtn": "mountain",
    "mtns": "mountains",
    "pt": "point",
    "bch": "beach",
    "centre": "center",
    "ctr": "center",
    "cty": "city",
    "fls": "falls",
    "gdns": "gardens",
    "hbr": "harbor",
    "hls": "hills",
    "hts": "heights",
    "isl": "island",
    "jct": "junction",
    "lk": "lake",
    "pk": "park",
    "rdg": "ridge",
    "rpds": "rapids",
    "spg": "spring",
    "spgs": "springs",
    "twp": "township",
    "vlg": "village",
    "vly": "valley",
}


def words(text: str) -> Words:
    """The words of ``text`` in plain lower-case letters: no accents, marks or initials' full stops ("D.C." is "dc")."""
    if text.isascii() and text.replace(" ", "").isalpha():
        return tuple(text.lower().split())  # as most names are: ten times as fast
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    plain = _ACCENTS.sub("", decomposed).lower().replace("&", " and ")
    return tuple(_NOT_IN_NAMES.sub(" ", _INITIALS.sub(r"\1", plain)).split())


def key(name: Words) -> str:
    """One spelling for all spellings of a name: "N. Little Rock", "North Little Rock"; "Mc Lean", "McLean"."""
    if len(name) > 1 and name[0] in _DIRECTIONS:
        name = (_DIRECTIONS[name[0]], *name[1:])
    joined = "".join([_ABBREVIATIONS.get(word, word) for word in name])
    return joined.removesuffix("ugh") if joined.endswith("borough") else joined


@lru_cache(maxsize=4096)
def key_of(name: str) -> str:
    """``key`` for a name as the data writes it."""
    return key(words(name))


_UNUSUAL = re.compile(r"\b(?:Mc|Afb|[DLO] |And|At|By|In|Of|On|Or|The)|-[a-z]")
_SMALL_WORDS = re.compile(r"(?<= )(And|At|By|In|Of|On|Or|The)(?= )")
_AFTER_HYPHEN = re.compile(r"(?<=-)[a-z]")
_MC = re.compile(r"\bMc ?([A-Za-z])")
_ELIDED = re.compile(r"\b([DL]) (?=[AEIOU])|^(O) (?=[A-Z])")


def display(name: str) -> str:
    """A name the data writes without marks ("Mc Lean", "O Fallon", "Winston-salem") as people write it."""
    if not _UNUSUAL.search(name):
        return name
    name = _MC.sub(lambda found: "Mc" + found[1].upper(), name)
    name = _ELIDED.sub(lambda found: "d'" if found[1] == "D" else (found[1] or found[2]) + "'", name)
    name = _AFTER_HYPHEN.sub(lambda found: found[0].upper(), name)
    name = _SMALL_WORDS.sub(lambda found: found[0].lower(), name)
    return re.sub(r"\bAfb\b", "AFB", name)
