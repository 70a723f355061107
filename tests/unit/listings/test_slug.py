"""Readable addresses."""

import pytest

from finder.listings.slug import slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Lakeview Recovery Center Chicago IL", "lakeview-recovery-center-chicago-il"),
        ("St. Mary's / Hope & Healing", "st-mary-s-hope-healing"),
        ("Clínica Española", "clinica-espanola"),
        ("  --  ", "listing"),
        ("希望", "listing"),
    ],
)
def test_a_name_becomes_words_that_can_be_read_out(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_a_very_long_name_makes_an_address_that_fits() -> None:
    slug = slugify("recovery " * 100)

    assert len(slug) <= 120
    assert not slug.endswith("-")
