"""What a check comes to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How much was looked at, in words, and what was found. ``unasked`` tells why nobody could say."""

    figure: str
    findings: tuple[str, ...] = ()
    unasked: str = ""
