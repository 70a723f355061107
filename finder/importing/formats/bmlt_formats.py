"""The formats of BMLT, the tool of Narcotics Anonymous for meeting lists, and what they say in our vocabulary.

A format has a key that each server chooses and often a code that all of NA shares (``world_id``, in the database of a
server and in old answers ``worldid_mixed``); keys are read only where that code is missing.
"""

from collections.abc import Iterable, Mapping

from finder.importing.bounds import Upload
from finder.importing.formats.json_rows import read_rows
from finder.importing.formats.json_values import text_of
from finder.importing.meetings.codes import Kind, kinds_table

_LITERATURE = "meeting_type:literature"

BY_WORLD_ID = kinds_table((
    ("OPEN", "Open", "meeting_type:open"),
    ("CLOSED", "Closed", "meeting_type:closed"),
    ("BEG", "Beginners", "meeting_type:beginners"),
    ("BT", "Basic Text", _LITERATURE),
    ("CAN", "Candlelight", "told"),
    ("CPT", "12 Concepts", "told"),
    ("CW", "Children Welcome", "meeting_type:child_friendly"),
    ("DISC", "Discussion", "meeting_type:discussion"),
    ("GL", "Gay/Lesbian", "meeting_type:lgbtq"),
    ("IP", "Informational Pamphlet", _LITERATURE),
    ("IW", "It Works -How and Why", _LITERATURE),
    ("JFT", "Just for Today", _LITERATURE),
    ("LC", "Living Clean", _LITERATURE),
    ("LIT", "Literature Study", _LITERATURE),
    ("M", "Men", "meeting_type:men"),
    ("MED", "Meditation", "meeting_type:meditation"),
    ("QA", "Questions & Answers", "told"),
    ("RA", "Restricted Access", "told"),
    ("SPK", "Speaker", "meeting_type:speaker"),
    ("STEP", "Step", "meeting_type:step_study"),
    ("SWG", "Step Working Guide Study", "meeting_type:step_study"),
    ("TOP", "Topic", "meeting_type:discussion"),
    ("TRAD", "Tradition", "told"),
    ("VAR", "Format Varies", ""),
    ("W", "Women", "meeting_type:women"),
    ("WCHR", "Wheelchair", "accessibility:wheelchair"),
    ("Y", "Young People", "meeting_type:young_people"),
))  # fmt: skip
BY_KEY = kinds_table((
    ("Ag", "Agnostic", "meeting_type:secular"),
    ("BL", "Bilingual", "told"),
    ("CH", "Closed Holidays", "told"),
    ("CS", "Children under Supervision", "meeting_type:child_friendly"),
    ("ES", "Spanish", "language:spanish"),
    ("FD", "Five and Dime", ""),
    ("ID", "ID Required to Enter", "told"),
    ("IL", "Illness", ""),
    ("NC", "No Children", "told"),
    ("NS", "No Smoking", ""),
    ("OE", "Open Ended", ""),
    ("Pi", "Pitch", ""),
    ("Rr", "Round Robin", ""),
    ("SC", "Surveillance Cameras", "told"),
    ("SL", "ASL", "accessibility:sign_language"),
    ("Ti", "Timer", ""),
    *((key, name, "") for key, name in (("VM", "Virtual"), ("HY", "Hybrid"), ("TC", "Temporarily Closed"))),
))  # fmt: skip

BY_LANGUAGE = kinds_table((
    ("AR", "Arabic", "language:arabic"),
    ("DE", "German", "language:german"),
    ("EL", "Greek", "language:greek"),
    ("ES", "Spanish", "language:spanish"),
    ("FR", "French", "language:french"),
    ("HE", "Hebrew", "language:hebrew"),
    ("HI", "Hindi", "language:hindi"),
    ("HT", "Haitian Creole", "language:creole"),
    ("IT", "Italian", "language:italian"),
    ("JA", "Japanese", "language:japanese"),
    ("KO", "Korean", "language:korean"),
    ("PER", "Persian", "language:farsi"),
    ("PL", "Polish", "language:polish"),
    ("PT", "Portuguese", "language:portuguese"),
    ("RU", "Russian", "language:russian"),
    ("TL", "Tagalog", "language:tagalog"),
    ("VI", "Vietnamese", "language:vietnamese"),
    ("ZH", "Chinese", "language:chinese"),
))  # fmt: skip
_A_LANGUAGE = "LANG"  # what all of NA shares is that it is one, not which


def read_formats(upload: Upload) -> Mapping[str, str]:
    """The code that all of NA shares, by the key that this server has for it. Raises `UnreadableFile`."""
    shared: dict[str, str] = {}
    for _, row in read_rows(upload, ("formats",)):
        if isinstance(row, dict) and (world_id := text_of(row, "worldid_mixed", "world_id")):
            shared.setdefault(text_of(row, "key_string"), world_id)
    return shared


def known_formats(keys: Iterable[str], shared: Mapping[str, str]) -> tuple[list[Kind], list[str]]:
    """The kinds that these keys stand for, and the keys that nobody knows."""
    known: list[Kind] = []
    unknown: list[str] = []
    for key in keys:
        languages = BY_LANGUAGE if shared.get(key) == _A_LANGUAGE else {}
        kind = BY_WORLD_ID.get(shared.get(key, "")) or languages.get(key) or BY_KEY.get(key)
        if kind is None:
            unknown.append(key)
        else:
            known.append(kind)
    return known, unknown
