"""Accounts: who may sign in, how they prove who they are, and what they did. Knows no request and no page."""

from finder.accounts.keys import Keys
from finder.accounts.mail import FolderMailer, Letter, Mailer, SmtpMailer, mailer
from finder.accounts.people import EmailTakenError, Person
from finder.accounts.sessions import Lifetime
from finder.accounts.throttle import Count, Limit

__all__ = [
    "Count",
    "EmailTakenError",
    "FolderMailer",
    "Keys",
    "Letter",
    "Lifetime",
    "Limit",
    "Mailer",
    "Person",
    "SmtpMailer",
    "mailer",
]
