"""Listings that were read lately, kept while the directory stays at one version."""

from collections.abc import Callable, Sequence

from finder.search.listed import Listed

_MOST = 20_000
"""Listings kept at most: about 40 MB, and more than the searches of a day meet in most directories."""


class Shelf:
    """What was read at the latest version of the directory; safe to share between threads."""

    def __init__(self) -> None:
        # Replaced as a whole: a reader goes on with the pair that it took.
        self._kept: tuple[int, dict[int, Listed]] = (-1, {})

    def get(
        self, ids: Sequence[int], version: int, read: Callable[[Sequence[int]], dict[int, Listed]]
    ) -> dict[int, Listed]:
        """The listings with these ids at this version; ``read`` is asked once for those that aren't kept."""
        kept_version, kept = self._kept
        if kept_version != version or len(kept) > _MOST:
            kept = {}
            self._kept = (version, kept)
        if missing := [id_ for id_ in ids if id_ not in kept]:
            kept.update(read(missing))
        return {id_: kept[id_] for id_ in ids if id_ in kept}
