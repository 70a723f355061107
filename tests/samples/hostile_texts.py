"""What strangers write where a name or a number should stand."""

from typing import Any

TEXTS = (
    "",
    " ",
    "\ud800",  # half of a letter: no encoding can write it
    "\x00\x07\x1b[31m",
    "\u202egnihtyna\u202c\u2066\u200b\ufeff",
    '=HYPERLINK("http://evil.example","x")',
    "+1|' /C calc'!A0",
    "'; DROP TABLE provider; --",
    "<script>alert(1)</script>&lt;b&gt;&#0;&#xD800;",
    "{{ 7 * 7 }} %s {0} ${x}",
    "http://[::1",
    "http://[a.example/",
    "http://a.example:port/",
    "//evil.example",
    "javascript:alert(1)//www.x",
    "x" * 5_000,
    "\N{GRINNING FACE}" * 300,
    "a b" * 40 + "." * 200,
    "9" * 400,
    "\u00b2\u0663\u2167",  # digits to some, numbers to none
    "nan",
    "1e400",
    "-0",
    "2026-13-45",
    "0001-01-01",
    "25:99",
    "00000",
    "99999",
    "(((((((((((((((((((((555",
    ",;|\n\r\t",
    "MO,TU;WE|9-5",
)
VALUES: tuple[Any, ...] = (
    *TEXTS,
    *(None, True, 0, -1, 1.5e308, float("inf"), float("nan"), 10**30),
    *([], {}, [[]], [None, 1, {}], {"a": [1]}, {"name": None}, [["x"] * 50]),
)
"""What may stand in a field of JSON."""
