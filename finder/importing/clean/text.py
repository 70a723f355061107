"""Text from strangers, made safe to store and to compare."""

import re

_NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def tidy(text: str) -> str:
    """One line without control characters, invisible marks, or spaces at the ends or beside each other."""
    if not (text.isascii() and text.isprintable()):
        text = _NOT_TEXT.sub(" ", text)
    return " ".join(text.split())
