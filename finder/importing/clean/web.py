"""Addresses of pages."""

import re

_LONGEST = 300
_WEB = re.compile(r"https?://[^\s/.]+\.[^\s]+", re.IGNORECASE)


def clean_web_address(text: str) -> str:
    """An address that starts with http:// or https://, which is put before one that starts with www; else empty."""
    address = f"https://{text}" if text.lower().startswith("www.") else text
    return address if len(address) <= _LONGEST and _WEB.fullmatch(address) else ""
