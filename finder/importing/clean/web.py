"""Addresses of pages."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

_LONGEST = 300
_WEB = re.compile(r"https?://[^\s/.]+\.[^\s]+", re.IGNORECASE)


@lru_cache(maxsize=512)
def clean_web_address(text: str) -> str:
    """An address that starts with http:// or https://, which is put before one that starts with www; else empty."""
    address = f"https://{text}" if text.lower().startswith("www.") else text
    return address if len(address) <= _LONGEST and _WEB.fullmatch(address) and _names_a_host(address) else ""


def _names_a_host(address: str) -> bool:
    """Whether the part before the path can be understood; programs that can't, stop at "http://[a.example"."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
