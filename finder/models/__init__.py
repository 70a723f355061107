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
from finder.models.assignment import Assignment
from finder.models.base import Base
from finder.models.bulk_change import BulkChange, BulkChangeItem
from finder.models.check import Check, Standing
from finder.models.claim import Claim
from finder.models.confirmation import Confirmation
from finder.models.directory import DirectoryVersion
from finder.models.helpline_check import HelplineCheck
from finder.models.import_run import ImportConflict, ImportJob, ImportRun
from finder.models.listing_note import ListingNote
from finder.models.merge import DuplicatePair, Merge
from finder.models.organization import Organization
from finder.models.passkey import Passkey
from finder.models.policy import PolicyChange
from finder.models.problem_report import ProblemReport, ReportedProblem, ReportStep
from finder.models.proposal import Proposal
from finder.models.provider import Provider, ProviderPhone, ProviderSchedule, ProviderTag
from finder.models.published import published_providers
from finder.models.revision import Revision
from finder.models.source import KnownAs, Source
from finder.models.wording import WordingChange

__all__ = [
    "Account",
    "AccountEvent",
    "AccountLink",
    "AccountScope",
    "AccountSession",
    "Assignment",
    "Base",
    "BulkChange",
    "BulkChangeItem",
    "Check",
    "Claim",
    "Confirmation",
    "DirectoryVersion",
    "DuplicatePair",
    "HelplineCheck",
    "ImportConflict",
    "ImportJob",
    "ImportRun",
    "KnownAs",
    "ListingNote",
    "Merge",
    "Organization",
    "Passkey",
    "PolicyChange",
    "ProblemReport",
    "Proposal",
    "Provider",
    "ProviderPhone",
    "ProviderSchedule",
    "ProviderTag",
    "RecoveryCode",
    "ReportStep",
    "ReportedProblem",
    "Revision",
    "Source",
    "Standing",
    "Throttle",
    "WordingChange",
    "published_providers",
]
