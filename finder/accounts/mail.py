"""Letters to people with an account: sent by SMTP, or kept in a folder; never silently lost."""

import datetime as dt
import secrets
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

import structlog

log = structlog.get_logger()

LETTERS_ARE_KEPT = dt.timedelta(days=30)
"""For how long a letter waits in the folder; by then no link in it works any more."""

_SECONDS = 20
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in plain text to one person."""

    to: str
    subject: str
    text: str


class Mailer(Protocol):
    """Brings letters to people."""

    def send(self, letter: Letter) -> bool:
        """Send it; whether it is on its way. Where it isn't, it lies in the folder of unsent letters."""


class FolderMailer:
    """Keeps letters as files, for who has no mail server: somebody must take them from there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, letter: Letter) -> bool:
        """Keep the letter, where only our own user reads it: it holds a link that lets somebody in."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / f"{secrets.token_hex(8)}.eml"
        path.touch(mode=0o600)
        path.write_bytes(bytes(_message(letter, sender="")))
        log.warning("letter_not_sent", file=str(path))
        return False


class SmtpMailer:
    """Sends letters by a mail server; where that fails, keeps them as files."""

    def __init__(self, url: str, sender: str, unsent: FolderMailer) -> None:
        self._server = urlsplit(url)
        self._sender = sender
        self._unsent = unsent

    def send(self, letter: Letter) -> bool:
        """Send the letter now, which may take as long as the server wants."""
        try:
            with _CONNECT[self._server.scheme](self._server) as connection:
                if self._server.username:
                    connection.login(unquote(self._server.username), unquote(self._server.password or ""))
                connection.send_message(_message(letter, self._sender))
        except (OSError, smtplib.SMTPException) as error:
            log.error("mail_server_failed", kind=type(error).__name__)
            return self._unsent.send(letter)
        return True


def forget_letters(folder: Path, now: dt.datetime) -> int:
    """Delete letters that nobody took from the folder in time; how many."""
    before = (now - LETTERS_ARE_KEPT).timestamp()
    old = [path for path in folder.glob("*.eml") if path.stat().st_mtime < before]
    for path in old:
        path.unlink()
    return len(old)


def mailer(url: str, sender: str, folder: Path) -> Mailer:
    """The mailer for a setting ``FINDER_SMTP_URL``; empty, letters are kept in the folder."""
    kept = FolderMailer(folder)
    return SmtpMailer(url, sender, kept) if url else kept


def _message(letter: Letter, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = formatdate()
    if sender:
        message["From"] = sender
    message.set_content(letter.text)
    return message


def _plain(server: SplitResult) -> smtplib.SMTP:
    return smtplib.SMTP(*_host(server), timeout=_SECONDS)


def _starttls(server: SplitResult) -> smtplib.SMTP:
    connection = _plain(server)
    connection.starttls(context=ssl.create_default_context())
    return connection


def _tls(server: SplitResult) -> smtplib.SMTP:
    return smtplib.SMTP_SSL(*_host(server), timeout=_SECONDS, context=ssl.create_default_context())


def _host(server: SplitResult) -> tuple[str, int]:
    return server.hostname or "", server.port or _PORTS[server.scheme]


_CONNECT: dict[str, Callable[[SplitResult], smtplib.SMTP]] = {
    "smtp": _plain,
    "smtp+starttls": _starttls,
    "smtps": _tls,
}
