"""Names of facilities."""

import re
from collections.abc import Callable
from functools import reduce

from finder.importing.clean.casing import is_shouted, title_cased
from finder.importing.clean.text import tidy

_ORDINARY = re.compile(
    r"\b(?:ADDICTION|ASSOCIATES|BEHAVIORAL|CENTERS?|CLINIC|COMMUNITY|COUNSELING|COUNTY|DETOX|FAMILY|FOUNDATION|HEALTH|"
    r"HEALTHCARE|HOSPITAL|HOUSE|INC|INPATIENT|MEDICAL|MENTAL|OFFICE|OUTPATIENT|PROGRAM|RECOVERY|REGIONAL|REHABILITATION|"
    r"RESIDENTIAL|SERVICES?|SOLUTIONS|TREATMENT|WELLNESS)\b"
)


def clean_name(text: str) -> str:
    """A name as people write it. What the source cut off at 38 characters stays cut: nobody could say how it ended."""
    return reduce(lambda name, cleaner: cleaner(name), CLEANERS, text)


def listing_name(name1: str, name2: str) -> str:
    """What the listing is called, of two cleaned names: the facility and, where it says more, its program."""
    if not name1 or name2.casefold() in {"", name1.casefold()}:
        return name1 or name2
    return f"{name1} \N{EN DASH} {name2}"


def _without_loose_ends(name: str) -> str:
    """No comma, slash or dash before or after the name."""
    return name.strip(" ,;/\\-\N{EN DASH}")


def _calm(name: str) -> str:
    return title_cased(name) if is_shouted(name, _ORDINARY) else name


CLEANERS: tuple[Callable[[str], str], ...] = (tidy, _without_loose_ends, _calm)
