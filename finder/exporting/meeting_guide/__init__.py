"""Meeting Guide: the weekly meetings as a JSON feed, which apps and sites of fellowships read.

``docs/meetings-feed.md`` tells what the format can't carry.
"""

from finder.exporting.meeting_guide.reading import group_ids, read_groups
from finder.exporting.meeting_guide.row import Group, rows_of

__all__ = ["Group", "group_ids", "read_groups", "rows_of"]
