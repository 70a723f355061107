"""The page that nginx shows while finder doesn't answer."""

import re

from deploy.failsafe import PAGE, failsafe
from finder.config import PROJECT
from finder.orientation.helplines import load_helplines
from tests.pages import page_faults

WRITTEN = PAGE.read_text(encoding="utf-8")


def test_it_is_as_good_a_page_as_any_of_ours() -> None:
    assert not list(page_faults(WRITTEN))


def test_who_meets_it_can_call_and_text_everybody_that_the_site_names_in_both_languages() -> None:
    english, spanish = (set(re.findall(r'href="((?:tel|sms):[^"]+)"', part)) for part in WRITTEN.split('lang="es"'))
    numbers = {link for line in load_helplines() for link in (line.call_href, line.text_href) if link}
    assert english == spanish == numbers


def test_it_was_written_anew_after_the_last_change_of_its_words() -> None:
    assert failsafe() == WRITTEN, "run: python deploy/failsafe.py"


def test_nginx_shows_it_for_every_error_of_its_own() -> None:
    configured = (PROJECT / "deploy" / "nginx.conf").read_text()
    told = re.search(r"error_page ([\d ]+) /failsafe\.html;", configured)
    assert told
    # Too large, too many, too long, unreadable, and finder down, slow or unable.
    assert {"400", "413", "414", "429", "431", "500", "502", "503", "504"} <= set(told.group(1).split())
