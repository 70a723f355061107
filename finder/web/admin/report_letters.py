"""The letter to somebody who reported a problem and left an e-mail address."""

from flask import current_app

from finder.accounts.mail import Letter
from finder.accounts.people import email_of
from finder.config import Settings
from finder.models import ProblemReport, Provider
from finder.web.languages import gettext, page_url


def address_of_sender(report: ProblemReport) -> str:
    """Where whoever sent a report can be written to, or nothing."""
    return email_of(report.contact) or ""


def answer_to_sender(address: str, listing: Provider, words: str) -> Letter:
    """What we tell them, with the address of the listing."""
    settings: Settings = current_app.extensions["settings"]
    text = gettext(
        "Hello,\n\nyou told us about a problem with this listing of the treatment directory:\n\n"
        "%(name)s\n%(link)s\n\n%(words)s\n\nThank you for your help. You need not answer this letter.\n",
        name=listing.name,
        link=f"{settings.base_url}{page_url('provider', slug=listing.slug)}",
        words=words,
    )
    return Letter(address, gettext("Your report to the treatment directory"), text)
