"""The types of Meeting Guide, and what they say in our vocabulary.

Codes and names follow the specification (https://github.com/code4recovery/spec, MIT), with those besides that are seen
in feeds.
"""

from collections.abc import Iterable

from finder.importing.meetings.codes import Kind, kinds_table

ONLINE_CODE, CLOSED_PLACE_CODE = "ONL", "TC"

_LITERATURE, _LGBTQ, _OTHER = "meeting_type:literature", "meeting_type:lgbtq", "language:other"
_LANGUAGES = (
    *(("AR", "Arabic", "arabic"), ("DE", "German", "german"), ("EL", "Greek", "greek"), ("FA", "Persian", "farsi")),
    *(("FR", "French", "french"), ("HE", "Hebrew", "hebrew"), ("HI", "Hindi", "hindi"), ("ITA", "Italian", "italian")),
    *(("JA", "Japanese", "japanese"), ("KOR", "Korean", "korean"), ("POL", "Polish", "polish")),
    *(("POR", "Portuguese", "portuguese"), ("RUS", "Russian", "russian"), ("S", "Spanish", "spanish")),
    ("TL", "Tagalog", "tagalog"),
)
_OTHER_LANGUAGES = (
    *(("AF", "Afrikaans"), ("AM", "Amharic"), ("BG", "Bulgarian"), ("DA", "Danish"), ("FI", "Finnish")),
    *(("HR", "Croatian"), ("HU", "Hungarian"), ("IS", "Icelandic"), ("KA", "Georgian"), ("LT", "Lithuanian")),
    *(("ML", "Malayalam"), ("MT", "Maltese"), ("NE", "Nepali"), ("NL", "Dutch"), ("NO", "Norwegian")),
    *(("PUN", "Punjabi"), ("SK", "Slovak"), ("SL", "Slovenian"), ("SV", "Swedish"), ("TH", "Thai")),
    *(("TUR", "Turkish"), ("UK", "Ukrainian")),
)
_KINDS = (
    ("11", "11th Step Meditation", "meeting_type:meditation"),
    ("12x12", "12 Steps & 12 Traditions", "meeting_type:step_study meeting_type:literature"),
    ("A", "Secular", "meeting_type:secular"),
    ("ABSI", "As Bill Sees It", _LITERATURE),
    ("AL", "Concurrent with Alateen", "told"),
    ("AL-AN", "Concurrent with Al-Anon", "told"),
    ("ASBI", "As Bill Sees It", _LITERATURE),  # so in feeds
    ("ASL", "American Sign Language", "accessibility:sign_language"),
    ("B", "Big Book", _LITERATURE),
    ("BA", "Babysitting Available", "accessibility:child_care meeting_type:child_friendly"),
    ("BE", "Newcomer", "meeting_type:beginners"),
    ("BI", "Bisexual", _LGBTQ),
    ("BRK", "Breakfast", "told"),
    ("C", "Closed", "meeting_type:closed"),
    ("CAN", "Candlelight", "told"),
    ("CF", "Child-Friendly", "meeting_type:child_friendly"),
    ("D", "Discussion", "meeting_type:discussion"),
    ("DB", "Digital Basket", ""),
    ("DD", "Dual Diagnosis", "told"),
    ("DR", "Daily Reflections", _LITERATURE),
    ("EN", "English", ""),
    ("FF", "Fragrance Free", "told"),
    ("G", "Gay", _LGBTQ),
    ("GR", "Grapevine", _LITERATURE),
    ("H", "Birthday", "told"),
    ("L", "Lesbian", _LGBTQ),
    ("LGBTQ", "LGBTQ", _LGBTQ),
    ("LIT", "Literature", _LITERATURE),
    ("LS", "Living Sober", _LITERATURE),
    ("M", "Men", "meeting_type:men"),
    ("MED", "Meditation", "meeting_type:meditation"),
    ("N", "Native American", "told"),
    ("NB", "Non-Binary", _LGBTQ),
    ("NDG", "Indigenous", "told"),
    ("O", "Open", "meeting_type:open"),
    (ONLINE_CODE, "Online", ""),  # see `finder.importing.formats.meeting_guide_attendance`
    ("OUT", "Outdoor", "told"),
    ("P", "Professionals", "told"),
    ("POA", "Proof of Attendance", "told"),
    ("POC", "People of Color", "told"),
    ("SEN", "Seniors", "population:older_adults"),
    ("SM", "Smoking Permitted", "told"),
    ("SP", "Speaker", "meeting_type:speaker"),
    ("ST", "Step Study", "meeting_type:step_study"),
    ("T", "Transgender", _LGBTQ),
    (CLOSED_PLACE_CODE, "Location Temporarily Closed", ""),
    ("TR", "Tradition Study", "told"),
    ("W", "Women", "meeting_type:women"),
    ("X", "Wheelchair Access", "accessibility:wheelchair"),
    ("XB", "Wheelchair-Accessible Bathroom", "told"),
    ("XT", "Cross Talk Permitted", "told"),
    ("Y", "Young People", "meeting_type:young_people"),
    *((code, name, f"language:{ours}") for code, name, ours in _LANGUAGES),
    *((code, name, _OTHER) for code, name in _OTHER_LANGUAGES),
)

TYPES = kinds_table(_KINDS)
_BY_NAME = {kind.name.casefold(): code for code, kind in TYPES.items()} | {code.casefold(): code for code in TYPES}


def known_types(said: Iterable[str]) -> tuple[dict[str, Kind], list[str]]:
    """The types by code of what a feed says, codes or English names in any case, and what of it is neither."""
    known: dict[str, Kind] = {}
    unknown: list[str] = []
    for text in said:
        code = _BY_NAME.get(text.casefold())
        if code is None:
            unknown.append(text)
        else:
            known[code] = TYPES[code]
    return known, unknown
