"""Sources: which keys they may have, and those whose key their format decides."""

import re

from finder.importing.formats.findtreatment import SOURCE_KEY as LOCATOR_KEY
from finder.importing.samhsa import SOURCE_KEY as SAMHSA_KEY
from finder.importing.samhsa_directory import MENTAL_HEALTH_KEY
from finder.models import Source

RESERVED_KEYS = frozenset({SAMHSA_KEY, MENTAL_HEALTH_KEY, LOCATOR_KEY})

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_LOCATOR = "https://findtreatment.gov/"
_CITATION = (
    "Substance Abuse and Mental Health Services Administration (SAMHSA), {work}, from the National Substance Use and "
    "Mental Health Services Survey (N-SUMHSS). Public domain. SAMHSA does not endorse this site."
)
_WORKS = {
    SAMHSA_KEY: "National Directory of Drug and Alcohol Use Treatment Facilities",
    MENTAL_HEALTH_KEY: "National Directory of Mental Health Treatment Facilities",
    LOCATOR_KEY: "FindTreatment.gov",
}


def is_free_key(key: str) -> bool:
    """Whether somebody may call a source so: up to 40 small letters, digits and hyphens, and none of SAMHSA's."""
    return bool(_KEY.fullmatch(key)) and key not in RESERVED_KEYS


def samhsa_source(key: str) -> Source:
    """SAMHSA's source with this key, a reserved one, with what must be said of it. Not in any session."""
    return Source(
        key=key,
        name=_WORKS[key] if key == LOCATOR_KEY else f"SAMHSA {_WORKS[key]}",
        attribution=_CITATION.format(work=_WORKS[key]),
        url=_LOCATOR,
        licence="Public domain",
        format=key,
        options={},
    )
