"""Words typed in capitals, given back their ordinary form."""

import re

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_VOWEL = re.compile("[AEIOUY]")
_ORDINAL = re.compile(r"\d+(?:ST|ND|RD|TH)")
_SMALL = re.compile("A|AND|AT|BY|DE|DEL|FOR|IN|OF|ON|THE|TO")
_SHORTENED = re.compile("BLDG|BLVD|CT|CTR|DR|FT|HWY|LN|MR|MRS|MT|PKWY|PL|RD|RM|SQ|ST")
# Abbreviations, and Roman numerals up to 39.
_UPPER = re.compile(
    "AIDS|BAART|CADC|CCBHC|CMHA|CMHC|DBA|DHS|DUI|DWI|FQHC|HIV|IOP|LADC|LCSW|LLC|LLP|LP|MAT|MHC|MHMR|NE|NFP|NW|OP|OTP|PA|"
    "PC|PHP|PLC|PLLC|PO|PTSD|RHC|SE|SW|TASC|UCLA|UPMC|US|USA|VA|VAMC|YMCA|YWCA|(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})"
)


def is_shouted(text: str, ordinary: re.Pattern[str]) -> bool:
    """Whether all letters are capitals and one of the ``ordinary`` words (in capitals) stands in the text.

    Of the directory's names in capitals nearly all are acronyms ("SEARHC", "BHG XXX LPC"), and those must stay.
    """
    return text.isupper() and ordinary.search(text) is not None


def title_cased(text: str) -> str:
    """Every word with one capital; acronyms, Roman numerals and abbreviations without a vowel keep theirs."""
    return _WORD.sub(lambda found: _cased(found[0].upper(), first=found.start() == 0), text)


def _cased(word: str, *, first: bool) -> str:
    if (_SMALL.fullmatch(word) and not first) or _ORDINAL.fullmatch(word):
        return word.lower()
    if _stays_upper(word):
        return word
    if word.startswith("MC") and len(word) > 4:
        return "Mc" + word[2:].capitalize()
    if word[1:2] in {"'", "\u2019"} and len(word) > 3:  # O'Brien, D'Angelo
        return word[:2] + word[2:].capitalize()
    return word[:1] + word[1:].lower()


def _stays_upper(word: str) -> bool:
    if _UPPER.fullmatch(word):
        return True
    is_abbreviation = word.isalpha() and 1 < len(word) <= 5 and not _VOWEL.search(word)
    return is_abbreviation and not _SHORTENED.fullmatch(word)
