"""The tables, one noun a module; importing this package maps them all."""

from finder.models.account import (
    Account,
    AccountEvent,
    AccountLink,
    AccountScope,
    AccountSession,
    RecoveryCode,
    Throttle,
)
from finder.models.base import Base
from finder.models.check import Check, Standing
from finder.models.directory import DirectoryVersion
from finder.models.import_run import ImportRun
from finder.models.merge import DuplicatePair, Merge
from finder.models.organization import Organization
from finder.models.problem_report import ProblemReport, ReportedProblem
from finder.models.provider import Provider, ProviderPhone, ProviderSchedule, ProviderTag
from finder.models.published import published_providers
from finder.models.revision import Revision
from finder.models.source import Source

__all__ = [
    "Account",
    "AccountEvent",
    "AccountLink",
    "AccountScope",
    "AccountSession",
    "Base",
    "Check",
    "DirectoryVersion",
    "DuplicatePair",
    "ImportRun",
    "Merge",
    "Organization",
    "ProblemReport",
    "Provider",
    "ProviderPhone",
    "ProviderSchedule",
    "ProviderTag",
    "RecoveryCode",
    "ReportedProblem",
    "Revision",
    "Source",
    "Standing",
    "Throttle",
    "published_providers",
]
