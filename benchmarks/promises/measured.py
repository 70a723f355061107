"""What a measurement says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """The figure in words, and whether it is what was promised."""

    figure: str
    is_kept: bool
