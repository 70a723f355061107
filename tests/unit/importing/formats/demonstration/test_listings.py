"""The fictional listings: nobody can take them for real ones, and they are the same in every run."""

import datetime as dt
import os
import re
import subprocess
import sys
from collections import Counter
from urllib.parse import urlsplit

import phonenumbers

from finder.domain.listing import Status
from finder.domain.phone import PhoneKind
from finder.importing.formats.demonstration import demonstration_size, demonstration_source
from finder.importing.formats.demonstration.ingredients import ingredients
from finder.listings import ListingDraft
from finder.orientation.reading import PLAIN_GRADE, reading_grade


def test_every_name_says_that_it_is_an_example(listings: list[ListingDraft]) -> None:
    names = {listing.name for listing in listings} | {listing.organization for listing in listings} - {""}
    assert [name for name in names if not name.endswith(" (example)")] == []


def test_no_number_can_reach_anyone(listings: list[ListingDraft]) -> None:
    numbers = [phone.number for listing in listings for phone in listing.phones]
    assert [number for number in numbers if not re.fullmatch(r"\+1[2-9]\d\d55501\d\d", number)] == []


def test_every_area_code_is_one_that_exists(listings: list[ListingDraft]) -> None:
    numbers = {phone.number for listing in listings for phone in listing.phones}
    assert [number for number in numbers if not phonenumbers.is_valid_number(phonenumbers.parse(number))] == []


def test_no_website_or_mail_address_can_exist(listings: list[ListingDraft]) -> None:
    hosts = [urlsplit(listing.website).hostname or "" for listing in listings if listing.website]
    hosts += [listing.email.partition("@")[2] for listing in listings if listing.email]
    assert [host for host in hosts if not re.fullmatch(r"[a-z0-9-]{1,63}\.example", host)] == []


def test_every_street_is_an_invented_one(listings: list[ListingDraft]) -> None:
    streets = {listing.address_1.partition(" ")[2] for listing in listings if listing.address_1}
    assert streets <= set(ingredients().addresses.streets)


def test_the_source_is_marked_as_fictional(listings: list[ListingDraft]) -> None:
    assert demonstration_source().fictional
    assert {listing.source for listing in listings} == {demonstration_source().key}


def test_organizations_run_several_places_of_one_state(listings: list[ListingDraft]) -> None:
    states: dict[str, set[str]] = {}
    for listing in listings:
        states.setdefault(listing.organization, set()).add(listing.state)
    del states[""]
    assert [name for name, several in states.items() if len(several) > 1] == []
    places = Counter(listing.organization for listing in listings if listing.organization)
    assert sum(count > 1 for count in places.values()) > 200


def test_every_process_makes_the_same_listings() -> None:
    assert _digest_in_a_process(order_of_sets=1) == _digest_in_a_process(order_of_sets=2)


def test_every_listing_has_a_reference_of_its_own(listings: list[ListingDraft]) -> None:
    assert len({listing.source_ref for listing in listings}) == len(listings) == demonstration_size()


def test_all_are_public(listings: list[ListingDraft]) -> None:
    assert {listing.status for listing in listings} == {Status.PUBLISHED}


def test_every_kind_of_phone_is_in_use(listings: list[ListingDraft]) -> None:
    kinds = Counter(phone.kind for listing in listings for phone in listing.phones)
    assert set(kinds) == set(PhoneKind)
    assert any(phone.extension for listing in listings for phone in listing.phones)


def test_all_that_is_shown_reads_easily() -> None:
    parts = ingredients()
    texts = [text.format(city="Dover") for program in parts.programs.values() for text in program.descriptions]
    texts += [line for lines in parts.fees.values() for line in lines]
    texts += [*parts.alerts.texts, *parts.meetings.notes]
    assert [text for text in texts if reading_grade(text) > PLAIN_GRADE] == []


def test_a_few_checks_are_stale_and_no_date_depends_on_today(listings: list[ListingDraft]) -> None:
    dates = ingredients().dates
    stale = [listing for listing in listings if listing.verified_on and listing.verified_on <= dates.stale_last]
    assert 0.02 <= len(stale) / len(listings) <= 0.06
    for listing in listings:
        assert listing.verified_on is not None
        assert dates.stale_first <= listing.verified_on <= dates.verified_last
        assert listing.review_due_on == listing.verified_on + dt.timedelta(days=dates.review_after_days)


def _digest_in_a_process(order_of_sets: int) -> str:
    """All that one reads in the listings, in short, as a process of its own makes them."""
    environment = {**os.environ, "PYTHONHASHSEED": str(order_of_sets)}
    program = [sys.executable, "-c", _PRINT_DIGEST]
    return subprocess.run(program, env=environment, capture_output=True, text=True, check=True).stdout


_PRINT_DIGEST = """
import hashlib, json
from finder.importing.formats.demonstration import demonstration_listings
from finder.listings.history import changes

listings = [[listing.source_ref, changes({}, listing.facts())] for listing in demonstration_listings()]
print(hashlib.sha256(json.dumps(listings, sort_keys=True).encode()).hexdigest())
"""
