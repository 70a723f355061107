"""Our tags as formats of BMLT, by the keys and the shared codes of Narcotics Anonymous where there are any.

A key or a number never changes once published: other sites' settings name formats by them.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from finder.domain.vocabulary import DEFAULT_LANGUAGE, Code, Facet, Tag, Vocabulary
from finder.exporting.bmlt.venue import HYBRID, VIRTUAL

LANGUAGES = ("en", "es")
"""The languages in which formats have names."""

_HOW, _WHERE, _FOR_WHOM, _LANGUAGE = "FC1", "FC2", "FC3", "LANG"


class BmltFormat(NamedTuple):
    """A format: its number, its key, the code that all of NA shares (or none), its kind, and what it stands for."""

    id: int
    key: str
    world_id: str
    kind: str
    tag: Tag


def _format(number: int, key: str, world_id: str, kind: str, tag: str) -> BmltFormat:
    facet, _, code = tag.partition(":")
    return BmltFormat(number, key, world_id, kind, Tag(Facet(facet), Code(code)))


FORMATS = (
    _format(1, "O", "OPEN", _FOR_WHOM, "meeting_type:open"),
    _format(2, "C", "CLOSED", _FOR_WHOM, "meeting_type:closed"),
    _format(3, "B", "BEG", _FOR_WHOM, "meeting_type:beginners"),
    _format(4, "D", "DISC", _HOW, "meeting_type:discussion"),
    _format(5, "So", "SPK", _HOW, "meeting_type:speaker"),
    _format(6, "St", "STEP", _HOW, "meeting_type:step_study"),
    _format(7, "BK", "LIT", _HOW, "meeting_type:literature"),
    _format(8, "ME", "MED", _HOW, "meeting_type:meditation"),
    _format(9, "Ag", "", _HOW, "meeting_type:secular"),
    _format(10, "W", "W", _FOR_WHOM, "meeting_type:women"),
    _format(11, "M", "M", _FOR_WHOM, "meeting_type:men"),
    _format(12, "YP", "Y", _FOR_WHOM, "meeting_type:young_people"),
    _format(13, "GL", "GL", _FOR_WHOM, "meeting_type:lgbtq"),
    _format(14, "CW", "CW", _FOR_WHOM, "meeting_type:child_friendly"),
    _format(20, "WC", "WCHR", _WHERE, "accessibility:wheelchair"),
    _format(21, "SL", "", _WHERE, "accessibility:sign_language"),
    _format(22, "CC", "", _WHERE, "accessibility:child_care"),
    _format(30, "VM", "VM", _WHERE, "attendance:online"),
    _format(31, "HY", "HYBR", _WHERE, "attendance:hybrid"),
    _format(40, "ES", "LANG", _LANGUAGE, "language:spanish"),
    _format(41, "AR", "LANG", _LANGUAGE, "language:arabic"),
    _format(42, "ZH", "LANG", _LANGUAGE, "language:chinese"),
    _format(43, "HT", "LANG", _LANGUAGE, "language:creole"),
    _format(44, "PER", "LANG", _LANGUAGE, "language:farsi"),
    _format(45, "FR", "LANG", _LANGUAGE, "language:french"),
    _format(46, "DE", "LANG", _LANGUAGE, "language:german"),
    _format(47, "EL", "LANG", _LANGUAGE, "language:greek"),
    _format(48, "HE", "LANG", _LANGUAGE, "language:hebrew"),
    _format(49, "HI", "LANG", _LANGUAGE, "language:hindi"),
    _format(50, "IT", "LANG", _LANGUAGE, "language:italian"),
    _format(51, "JA", "LANG", _LANGUAGE, "language:japanese"),
    _format(52, "KO", "LANG", _LANGUAGE, "language:korean"),
    _format(53, "PL", "LANG", _LANGUAGE, "language:polish"),
    _format(54, "PT", "LANG", _LANGUAGE, "language:portuguese"),
    _format(55, "RU", "LANG", _LANGUAGE, "language:russian"),
    _format(56, "TL", "LANG", _LANGUAGE, "language:tagalog"),
    _format(57, "VI", "LANG", _LANGUAGE, "language:vietnamese"),
)

_OF_VENUES = {"VM": VIRTUAL, "HY": HYBRID}
_ON_SCREEN = frozenset(each.tag for each in FORMATS if each.key in _OF_VENUES)


@lru_cache(maxsize=4096)
def formats_of(tags: frozenset[Tag], venue: int) -> tuple[BmltFormat, ...]:
    """The formats of a meeting of which these tags are true, in the order of the list."""
    return tuple(each for each in FORMATS if _applies(each, tags, venue))


def _applies(each: BmltFormat, tags: frozenset[Tag], venue: int) -> bool:
    if each.key in _OF_VENUES:
        # In person and online at once is hybrid, which the tags may say in two ways and the venue in one.
        return _OF_VENUES[each.key] == venue and not _ON_SCREEN.isdisjoint(tags)
    return each.tag in tags


def format_rows(
    formats: Collection[int], words: Vocabulary, languages: Iterable[str], uri: str
) -> Iterator[dict[str, str]]:
    """These formats (by number) as ``GetFormats`` tells them, in each of these languages.

    A language that we have no words in is answered in English.
    """
    known = dict.fromkeys(language if language in LANGUAGES else DEFAULT_LANGUAGE for language in languages)
    for language in known:
        for each in FORMATS:
            if each.id in formats:
                yield _row(each, words, language, uri)


def _row(each: BmltFormat, words: Vocabulary, language: str, uri: str) -> dict[str, str]:
    term = words.term(*each.tag)
    return {
        "key_string": each.key,
        "name_string": term.label(language),
        "description_string": term.explanation(language),
        "lang": language,
        "id": str(each.id),
        "world_id": each.world_id,
        "format_type_enum": each.kind,
        "root_server_uri": uri,
    }
