"""Promise 14: nobody learns who has an account."""

from benchmarks.enumeration import times_apart
from benchmarks.promises.measured import Measured

_MOST_APART = 0.1


def nobody_learns_who_has_an_account() -> Measured:
    """How far apart the answers for an address with an account and for one without are in time, of each form."""
    apart = times_apart()
    figure = ", ".join(f"{form}: {share:.1%} apart" for form, share in apart.items())
    return Measured(f"{figure} over 200 tries", max(apart.values()) < _MOST_APART)
