"""The tables, one noun a module; importing this package maps them all."""

from finder.models.base import Base
from finder.models.directory import DirectoryVersion
from finder.models.import_run import ImportRun
from finder.models.organization import Organization
from finder.models.provider import Provider, ProviderPhone, ProviderSchedule, ProviderTag
from finder.models.published import published_providers
from finder.models.revision import Revision
from finder.models.source import Source

__all__ = [
    "Base",
    "DirectoryVersion",
    "ImportRun",
    "Organization",
    "Provider",
    "ProviderPhone",
    "ProviderSchedule",
    "ProviderTag",
    "Revision",
    "Source",
    "published_providers",
]
