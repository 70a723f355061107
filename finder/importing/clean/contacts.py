"""Ways to reach a person, which free texts hold and a directory must not spread."""

import re
from functools import lru_cache

_EMAIL = re.compile(r"(?:mailto:)?[^\s@<>()\[\],;:]{1,64}@[^\s@<>()\[\],;:]{1,253}\.[^\W\d_]{2,}")
_PHONE = re.compile(r"(?<![\d-])(?:\+?1[-. ]?)?\(?[2-9]\d{2}\)?[-. ]{0,2}\d{3}[-. ]\d{4}(?!\d)")


def without_emails(text: str) -> str:
    """The text without addresses of e-mail."""
    return _EMAIL.sub("", text).strip() if "@" in text else text


@lru_cache(maxsize=512)  # the remarks on a place stand in the row of each of its meetings
def without_contacts(text: str) -> str:
    """The lines of the text without addresses of e-mail and telephone numbers, mostly private people's."""
    lines = (" ".join(_PHONE.sub("", without_emails(line)).split()) for line in text.splitlines())
    return "\n".join(filter(None, lines))
