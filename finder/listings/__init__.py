"""Listings: what a source says of a place (drafts), saving it with its history, and reading it back.

Every write of a listing in the whole program goes through `save_all` or `amend`, or through what stands beside them on
`finder.listings.write`: `record_checks`, `undo` and `restore`, `merge` and `undo_merge`. They write the revision and
the directory's new version in the same transaction and leave the commit to the edge.
"""

from finder.listings.amend import amend, fictional_listings, retire_fictional
from finder.listings.checks import record_checks
from finder.listings.draft import ListingDraft
from finder.listings.merge import merge, moved_to, moved_to_id, undo_merge
from finder.listings.planning import Outcome
from finder.listings.read import fictional_are_shown, published_by_slug, published_by_slugs
from finder.listings.save import save_all
from finder.listings.undo import restore, undo
from finder.listings.write import Change, Conflict

__all__ = [
    "Change",
    "Conflict",
    "ListingDraft",
    "Outcome",
    "amend",
    "fictional_are_shown",
    "fictional_listings",
    "merge",
    "moved_to",
    "moved_to_id",
    "published_by_slug",
    "published_by_slugs",
    "record_checks",
    "restore",
    "retire_fictional",
    "save_all",
    "undo",
    "undo_merge",
]
