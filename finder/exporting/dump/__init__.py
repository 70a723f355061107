"""Everything that is published, in files that anybody may fetch: made each night, whole or not at all.

``docs/open-data.md`` tells what is in them.
"""

from finder.exporting.dump.kept import LATEST, Dump, DumpFile, file_of, forget_old, newest_dump
from finder.exporting.dump.make import License, make_dump

__all__ = ["LATEST", "Dump", "DumpFile", "License", "file_of", "forget_old", "make_dump", "newest_dump"]
