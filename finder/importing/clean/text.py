"""Text from strangers, made safe to store and to compare."""

import re

_NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_PROTECTED = re.compile(r"'+[=+\-@\t\r]")  # `finder.exporting.table` puts an apostrophe before what may be a formula


def unprotected(text: str) -> str:
    """A cell without the apostrophe by which a table keeps it from being taken for a formula, if it has one."""
    return text[1:] if _PROTECTED.match(text) else text


def tidy(text: str) -> str:
    """One line without control characters, invisible marks, or spaces at the ends or beside each other."""
    if not (text.isascii() and text.isprintable()):
        text = _NOT_TEXT.sub(" ", text)
    return " ".join(text.split())
