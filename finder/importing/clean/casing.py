"""Words typed in capitals, given back their ordinary form."""

import re

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_VOWEL = re.compile("[AEIOUY]")
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_ORDINAL = re.compile(r"\d+(?:ST|ND|RD|TH)")
_SMALL = frozenset({"A", "AND", "AT", "BY", "DE", "DEL", "FOR", "IN", "OF", "ON", "THE", "TO"})
_ACRONYMS = frozenset(
    """AIDS BAART CADC CCBHC CMHA CMHC DBA DHS DUI DWI FQHC HIV IOP LADC LCSW LLC LLP LP MAT MHC MHMR NE NFP NW OP OTP PA PC PHP
    PLC PLLC PO PTSD RHC SE SW TASC UCLA UPMC US USA VA VAMC YMCA YWCA""".split()
)


def is_shouted(text: str, ordinary: frozenset[str]) -> bool:
    """Whether all letters are capitals and at least one word is among ``ordinary`` ones (in capitals).

    Of the directory's names in capitals nearly all are acronyms ("SEARHC", "BHG XXX LPC"), and those must stay.
    """
    return text.isupper() and not ordinary.isdisjoint(_WORD.findall(text))


def title_cased(text: str) -> str:
    """Every word with one capital; acronyms, Roman numerals and abbreviations without a vowel keep theirs."""
    return _WORD.sub(lambda found: _cased(found[0].upper(), first=found.start() == 0), text)


def _stays_upper(word: str) -> bool:
    return word in _ACRONYMS or _ROMAN.fullmatch(word) is not None


def _cased(word: str, *, first: bool) -> str:
    if word in _SMALL and not first:
        return word.lower()
    if _ORDINAL.fullmatch(word):
        return word.lower()
    if _stays_upper(word) or (word.isalpha() and 1 < len(word) <= 5 and not _VOWEL.search(word) and word not in _SHORTENED):
        return word
    if word.startswith("MC") and len(word) > 4:
        return "Mc" + word[2:].capitalize()
    if word[1:2] in {"'", "\u2019"} and len(word) > 3:  # O'Brien, D'Angelo
        return word[:2] + word[2:].capitalize()
    return word[:1] + word[1:].lower()


_SHORTENED = frozenset({"ST", "DR", "MT", "FT", "MR", "MRS", "RD", "LN", "CT", "BLVD", "HWY", "PKWY", "PL", "SQ", "BLDG", "RM", "CTR"})
