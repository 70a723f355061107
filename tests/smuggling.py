"""Requests that two servers in a row may read differently, so that a part of one passes for another visitor's.

The usual ones (RFC 9112, sections 3 to 7 and 11.2): each carries a request inside, which only a server that misjudges
where the outer one ends would answer. Its address exists nowhere, so such an answer is a 404.
"""

import re

_HOST = b"Host: localhost\r\n"
_FORM = b"POST /guide HTTP/1.1\r\n" + _HOST + b"Content-Type: application/x-www-form-urlencoded\r\n"
_PAGE = b"GET /topics HTTP/1.1\r\n"
_INSIDE = b"GET /smuggled HTTP/1.1\r\n" + _HOST + b"Connection: close\r\n\r\n"
_AFTER = b"GET /topics HTTP/1.1\r\n" + _HOST + b"Connection: close\r\n\r\n"
_LENGTH = b"Content-Length: %d\r\n" % len(_INSIDE)
_CHUNKED = b"Transfer-Encoding: chunked\r\n"
_ENDED = b"\r\n0\r\n\r\n" + _INSIDE  # to who reads chunks, the form ends before what is inside
_AS_LENGTH = b"\r\n" + _INSIDE  # to who reads lengths, it is the form's body

_STATUS = re.compile(rb"HTTP/1\.\d (\d{3}) ")
SMUGGLED = 404

AMBIGUOUS = {
    # Two ways to say how long it is.
    "a length, then chunks": _FORM + b"Content-Length: %d\r\n" % len(b"0\r\n\r\n" + _INSIDE) + _CHUNKED + _ENDED,
    "chunks, then a shorter length": _FORM + _CHUNKED + b"Content-Length: 4\r\n" + _ENDED,
    "two lengths": _FORM + b"Content-Length: 0\r\n" + _LENGTH + _AS_LENGTH,
    "two lengths in a list": _FORM + b"Content-Length: 0, %d\r\n" % len(_INSIDE) + _AS_LENGTH,
    # Chunks that one server sees and the other doesn't.
    "chunked twice": _FORM + _CHUNKED + _CHUNKED + _ENDED,
    "chunked, then not": _FORM + b"Transfer-Encoding: chunked, identity\r\n" + _ENDED,
    "not chunked": _FORM + b"Transfer-Encoding: identity\r\n" + _LENGTH + _AS_LENGTH,
    "an encoding nobody knows": _FORM + b"Transfer-Encoding: xchunked\r\n" + _LENGTH + _AS_LENGTH,
    "chunked in quotes": _FORM + b'Transfer-Encoding: "chunked"\r\n' + _LENGTH + _AS_LENGTH,
    "a tab before chunked": _FORM + b"Transfer-Encoding:\tchunked\r\n" + _LENGTH + _AS_LENGTH,
    "a control character before chunked": _FORM + b"Transfer-Encoding: \x0bchunked\r\n" + _LENGTH + _AS_LENGTH,
    "chunked on the next line": _FORM + b"Transfer-Encoding:\r\n chunked\r\n" + _LENGTH + _AS_LENGTH,
    "a space before the colon of chunked": _FORM + b"Transfer-Encoding : chunked\r\n" + _LENGTH + _AS_LENGTH,
    "chunked after a bare line feed": _FORM + b"X-Note: a\nTransfer-Encoding: chunked\r\n" + _LENGTH + _AS_LENGTH,
    "chunked in HTTP/1.0": _FORM.replace(b"1.1", b"1.0", 1) + b"Connection: keep-alive\r\n" + _CHUNKED + _ENDED,
    # Lengths that are read as different numbers.
    "a plus sign in the length": _FORM + b"Content-Length: +%d\r\n" % len(_INSIDE) + _AS_LENGTH,
    "a length below nothing": _FORM + b"Content-Length: -1\r\n" + _AS_LENGTH,
    "a hexadecimal length": _FORM + b"Content-Length: 0x0\r\n" + _AS_LENGTH,
    "an underscore in the length": _FORM + b"Content-Length: 0_0\r\n" + _AS_LENGTH,
    "a length in Arabic digits": _FORM + "Content-Length: \N{ARABIC-INDIC DIGIT ZERO}\r\n".encode() + _AS_LENGTH,
    "a space before the colon of the length": _FORM + b"Content-Length : %d\r\n" % len(_INSIDE) + _AS_LENGTH,
    "a bare carriage return": _FORM + b"X-Note: a\rContent-Length: 0\r\n" + _LENGTH + _AS_LENGTH,
    # Heads that end or begin in an unusual way.
    "HTTP/0.9": b"GET /topics\r\n" + _INSIDE,
    "HTTP/2 in the words of HTTP/1": _PAGE.replace(b"1.1", b"2.0") + _HOST + _AS_LENGTH,
    "a version with a nought": _PAGE.replace(b"1.1", b"01.1") + _HOST + _AS_LENGTH,
    "two hosts": _PAGE + _HOST + b"Host: elsewhere.example\r\n" + _AS_LENGTH,
    "a space in the address": b"GET /topics /smuggled HTTP/1.1\r\n" + _HOST + _AS_LENGTH,
    "a first header that begins with a space": _PAGE + b" X-Note: a\r\n" + _HOST + _AS_LENGTH,
    "a header without a name": _PAGE + b": a\r\n" + _HOST + _AS_LENGTH,
    "a NUL in a header": _PAGE + _HOST + b"X-Note: a\x00b\r\n" + _AS_LENGTH,
}
"""Without an honest reading: whoever gets one refuses it and hangs up."""

BROKEN_CHUNKS = {
    "a hexadecimal mark": _FORM + _CHUNKED + b"\r\n0x0\r\n\r\n" + _INSIDE,
    "a plus sign": _FORM + _CHUNKED + b"\r\n+0\r\n\r\n" + _INSIDE,
    "a space before": _FORM + _CHUNKED + b"\r\n 0\r\n\r\n" + _INSIDE,
    "an underscore": _FORM + _CHUNKED + b"\r\n1_0\r\n" + 16 * b"a" + b"\r\n0\r\n\r\n" + _INSIDE,
    "bare line feeds": _FORM + _CHUNKED + b"\r\n0\n\n" + _INSIDE,
    "a bare line feed in an extension": _FORM + _CHUNKED + b"\r\n2;a\nxx\r\n0\r\n\r\n" + _INSIDE,
    "more bytes than it says": _FORM + _CHUNKED + b"\r\n1\r\nabc0\r\n\r\n" + _INSIDE,
    "a length in its trailer": _FORM + _CHUNKED + b"\r\n0\r\nContent-Length: 5\r\n\r\n" + _INSIDE,
}
"""Forms with a size of a chunk that servers read differently: they may be answered, but nothing after them is."""

CLEAR = {
    "an extension of a chunk": _FORM + _CHUNKED + b"\r\n%x;a=b\r\n%b\r\n0\r\n\r\n" % (len(_INSIDE), _INSIDE) + _AFTER,
    "a page asked with a body": _PAGE + _HOST + _LENGTH + _AS_LENGTH + _AFTER,
    "a body that nobody reads": _FORM.replace(b"/guide", b"/topics") + _LENGTH + _AS_LENGTH + _AFTER,
    "an underscore for a hyphen": _FORM + b"Transfer_Encoding: chunked\r\n" + _LENGTH + _AS_LENGTH + _AFTER,
    "a whole address": _PAGE.replace(b"/topics", b"http://elsewhere.example/topics") + _HOST + b"\r\n" + _AFTER,
    "an offer to go over to HTTP/2": _PAGE
    + _HOST
    + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n"
    + _AFTER,
}
"""With one reading: two requests, and two answers."""


def statuses(answered: bytes) -> list[int]:
    """The status of each answer in what came back over a connection."""
    return [int(status) for status in _STATUS.findall(answered)]
