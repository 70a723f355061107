"""From the meetings of a feed to listings: one for each group and place, whatever format the feed has."""

from finder.importing.meetings.feed import FeedFacts, read_meetings
from finder.importing.meetings.joining import read_joining
from finder.importing.meetings.meeting import Address, Kinds, Meeting

__all__ = ["Address", "FeedFacts", "Kinds", "Meeting", "read_joining", "read_meetings"]
