"""How to reach fictional places, by ways that can't reach anyone real.

Numbers 555-0100 to 555-0199 are kept for fiction by the North American Numbering Plan; names under ".example" never
exist (RFC 2606).
"""

from random import Random

from finder.domain.phone import Phone, PhoneKind
from finder.importing.formats.demonstration.chance import happens
from finder.importing.formats.demonstration.ingredients import Contact, Program
from finder.listings.slug import slugify


def draw_phones(program: Program, area_code: str, contact: Contact, random: Random) -> tuple[Phone, ...]:
    """Numbers in the place's own area code, no two alike."""
    kinds = [PhoneKind(kind) for kind, percent in program.phones.items() if happens(random, percent)]
    lines = random.sample(range(100), len(kinds))
    return tuple(
        Phone(f"+1{area_code}55501{line:02}", kind, _extension(kind, contact, random))
        for kind, line in zip(kinds, lines, strict=True)
    )


def draw_website(brand: str, contact: Contact, random: Random) -> str:
    """The brand's website, or nothing."""
    return f"https://{slugify(brand)}.example/" if happens(random, contact.website_percent) else ""


def draw_email(brand: str, contact: Contact, random: Random) -> str:
    """A mail address at the brand's name, or nothing."""
    return f"hello@{slugify(brand)}.example" if happens(random, contact.email_percent) else ""


def _extension(kind: PhoneKind, contact: Contact, random: Random) -> str:
    if kind is PhoneKind.INTAKE and happens(random, contact.extension_percent):
        return str(random.randint(100, contact.highest_extension))
    return ""
