"""Fetching a file from the address that its publisher gives."""

import urllib.error
import urllib.request
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO, BinaryIO
from urllib.parse import urlsplit

from finder.importing.bounds import MEGABYTE, UnreadableFile

_SECONDS = 60
_PIECE_BYTES = 65_536
_LOOK = (
    "SAMHSA gives the workbook a new address with every edition. Look for the national directory on samhsa.gov, and "
    "set FINDER_SAMHSA_WORKBOOK_URL to its address, or download it yourself and name the file."
)


def download(url: str, target: BinaryIO, *, max_megabytes: int) -> None:
    """Write what is at ``url`` into ``target`` and go back to its start.

    Raises `UnreadableFile` for an address that isn't http or https (also one that a server sends us on to), a server
    that doesn't answer or says no, a web page, and more than ``max_megabytes``.
    """
    _refuse_other_schemes(url)
    opener = urllib.request.build_opener(_CarefulRedirects)
    request = urllib.request.Request(url, headers={"User-Agent": "finder (treatment directory)"})  # noqa: S310 (http, https only)
    try:
        with opener.open(request, timeout=_SECONDS) as answer:
            if answer.headers.get_content_type() == "text/html":
                raise UnreadableFile(f"{url} is a web page, not a workbook. {_LOOK}")
            _copy(answer, target, max_megabytes)
    except urllib.error.HTTPError as error:
        error.close()
        raise UnreadableFile(f"{url} answered {error.code} ({error.reason}). {_LOOK}") from error
    except (OSError, HTTPException, ValueError) as error:
        raise UnreadableFile(f"{url} can't be reached: {_reason(error)}. Try again later. {_LOOK}") from error
    target.seek(0)


class _CarefulRedirects(urllib.request.HTTPRedirectHandler):
    """Follows no server to an address of another kind than http or https."""

    def redirect_request(  # noqa: PLR0913, PLR0917 (urllib's signature)
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        _refuse_other_schemes(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _refuse_other_schemes(url: str) -> None:
    if urlsplit(url).scheme not in {"http", "https"}:
        raise UnreadableFile(f"{url} is no address that starts with http:// or https://. {_LOOK}")


def _copy(answer: HTTPResponse, target: BinaryIO, max_megabytes: int) -> None:
    total = 0
    while piece := answer.read(_PIECE_BYTES):
        total += len(piece)
        if total > max_megabytes * MEGABYTE:
            raise UnreadableFile(f"The download has more than {max_megabytes} MB and was stopped.")
        target.write(piece)
    if answer.length:  # what the server promised and didn't send
        raise UnreadableFile("The download broke off before its end. Try again.")


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"no answer within {_SECONDS} seconds"
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    return str(reason) or type(reason).__name__
