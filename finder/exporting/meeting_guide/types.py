"""Our tags and words as types of Meeting Guide (https://github.com/code4recovery/spec, MIT)."""

from collections.abc import Collection, Iterator, Mapping

from finder.domain.vocabulary import Code, Facet, Tag

LOCATION_CLOSED = "TC"
_CHILDREN_WELCOME = Tag(Facet("meeting_type"), Code("child_friendly"))
_CHILD_CARE = "BA"
_OPEN_AND_CLOSED = frozenset({"O", "C"})

_TAGS = {
    "meeting_type": (
        "open:O closed:C beginners:BE discussion:D speaker:SP step_study:ST literature:LIT meditation:MED secular:A"
        " women:W men:M young_people:Y lgbtq:LGBTQ child_friendly:CF"
    ),
    "language": (
        "arabic:AR farsi:FA french:FR german:DE greek:EL hebrew:HE hindi:HI italian:ITA japanese:JA korean:KOR"
        " polish:POL portuguese:POR russian:RUS spanish:S tagalog:TL"
    ),
    "accessibility": "wheelchair:X sign_language:ASL child_care:BA",
    "population": "older_adults:SEN",
}
_WORDS = {
    "AL": "Concurrent with Alateen",
    "AL-AN": "Concurrent with Al-Anon",
    "BRK": "Breakfast",
    "CAN": "Candlelight",
    "DD": "Dual Diagnosis",
    "FF": "Fragrance Free",
    "H": "Birthday",
    "N": "Native American",
    "NDG": "Indigenous",
    "OUT": "Outdoor",
    "P": "Professionals",
    "POA": "Proof of Attendance",
    "POC": "People of Color",
    "SM": "Smoking Permitted",
    "TR": "Tradition Study",
    "XB": "Wheelchair-Accessible Bathroom",
    "XT": "Cross Talk Permitted",
}


def _tags() -> Iterator[tuple[Tag, str]]:
    for facet, pairs in _TAGS.items():
        for ours, _, code in (pair.partition(":") for pair in pairs.split()):
            yield Tag(Facet(facet), Code(ours)), code


BY_TAG: Mapping[Tag, str] = dict(_tags())
"""The one type that says what a tag says."""

BY_WORDS: Mapping[str, str] = {words.casefold(): code for code, words in _WORDS.items()}
"""The types that no tag stands for, by what imports write in remarks."""


def types_of(tags: Collection[Tag], group: Collection[Tag]) -> frozenset[str]:
    """The types of a meeting of which ``tags`` are true; ``group`` are the tags of its listing.

    Of both open and closed neither is told. Child care, which a listing has for all its meetings, is told of those to
    which children may come, where the listing tells them apart.
    """
    types = frozenset(BY_TAG[tag] for tag in tags if tag in BY_TAG)
    if types >= _OPEN_AND_CLOSED:
        types -= _OPEN_AND_CLOSED
    return types - {_CHILD_CARE} if _CHILDREN_WELCOME in group and _CHILDREN_WELCOME not in tags else types
