"""Listings: what a source says of a place (drafts), saving it with its history, and reading it back.

Every write of a listing in the whole program goes through `save_all` or `amend`; they write the revision and the
directory's new version in the same transaction and leave the commit to the edge.
"""

from finder.listings.amend import amend, retire_fictional
from finder.listings.draft import ListingDraft
from finder.listings.read import fictional_are_shown, published_by_slug, published_by_slugs
from finder.listings.save import Outcome, save_all
from finder.listings.write import Change, Conflict

__all__ = [
    "Change",
    "Conflict",
    "ListingDraft",
    "Outcome",
    "amend",
    "fictional_are_shown",
    "published_by_slug",
    "published_by_slugs",
    "retire_fictional",
    "save_all",
]
