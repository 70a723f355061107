"""The places of the United States, found by the names people type, without asking anyone else."""

from finder.places.answer import Answer, Unknown
from finder.places.completions import Completion
from finder.places.gazetteer import Gazetteer, gazetteer

__all__ = ["Answer", "Completion", "Gazetteer", "Unknown", "gazetteer"]
