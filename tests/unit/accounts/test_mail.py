"""Letters are sent by SMTP, or kept; never lost."""

import datetime as dt
import os
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from finder.accounts import Letter, mailer
from finder.accounts.mail import LETTERS_ARE_KEPT, forget_letters
from finder.accounts.people import email_of

LETTER = Letter("ada@county.example", "Your account", "Open this link:\n\nhttps://finder.example/x\n")


class Dialogue(socketserver.StreamRequestHandler):
    """As much of a mail server as takes one letter."""

    def handle(self) -> None:
        server = self.server
        assert isinstance(server, MailServer)
        self.wfile.write(b"220 ready\r\n")
        for line in self.rfile:
            command = line[:4].upper()
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                server.letter = [part.decode().strip() for part in iter(self.rfile.readline, b".\r\n")]
                self.wfile.write(b"250 taken\r\n")
            elif command == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            elif command == b"RCPT":
                self.wfile.write(server.answer_to_recipients)
            else:
                self.wfile.write(b"250 ok\r\n")


class MailServer(socketserver.ThreadingTCPServer):
    """A mail server on this machine, and the letter that it took."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Dialogue)
        self.letter: list[str] = []
        self.answer_to_recipients = b"250 ok\r\n"


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server."""
    with MailServer() as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def test_a_letter_goes_to_the_mail_server(server: MailServer, tmp_path: Path) -> None:
    sent = mailer(f"smtp://127.0.0.1:{server.server_address[1]}", "finder@county.example", tmp_path).send(LETTER)

    assert sent
    assert "To: ada@county.example" in server.letter
    assert "From: finder@county.example" in server.letter
    assert "https://finder.example/x" in server.letter
    assert list(tmp_path.iterdir()) == []


def test_a_letter_that_the_server_refuses_is_kept(server: MailServer, tmp_path: Path) -> None:
    server.answer_to_recipients = b"550 nobody here\r\n"

    sent = mailer(f"smtp://127.0.0.1:{server.server_address[1]}", "finder@county.example", tmp_path).send(LETTER)

    assert not sent
    [kept] = tmp_path.glob("*.eml")
    assert "https://finder.example/x" in kept.read_text()


def test_a_letter_is_kept_where_no_server_answers(tmp_path: Path) -> None:
    assert not mailer("smtp://127.0.0.1:1", "finder@county.example", tmp_path).send(LETTER)

    assert len(list(tmp_path.glob("*.eml"))) == 1


def test_without_a_server_letters_are_kept_where_only_their_owner_reads_them(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    for _ in range(2):
        assert not mailer("", "finder@county.example", folder).send(LETTER)

    assert folder.stat().st_mode & 0o777 == 0o700
    assert [file.stat().st_mode & 0o777 for file in folder.iterdir()] == [0o600, 0o600]


def test_a_letter_that_nobody_took_in_time_is_deleted(tmp_path: Path) -> None:
    for _ in range(2):
        mailer("", "finder@county.example", tmp_path).send(LETTER)
    now = dt.datetime.now(dt.UTC)
    long_ago = (now - LETTERS_ARE_KEPT - dt.timedelta(days=1)).timestamp()
    os.utime(next(tmp_path.iterdir()), (long_ago, long_ago))

    assert forget_letters(tmp_path, now) == 1
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    "typed", ["", "ada", "ada@county", "ada@county.example\nBcc: eve@x.example", "a b@c.example", "<a@b.example>"]
)
def test_what_could_end_up_in_another_header_is_no_address(typed: str) -> None:
    assert email_of(typed) is None


def test_addresses_are_compared_without_capitals_and_blanks() -> None:
    assert email_of("  Ada@County.Example ") == "ada@county.example"
