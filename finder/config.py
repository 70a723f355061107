"""Settings, from the environment (12-factor): every name starts with ``FINDER_``."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).parents[1]
MIGRATIONS = PROJECT / "migrations"


class Settings(BaseSettings):
    """What an operator may set. Frozen; a value that makes no sense stops the start with a message that names it."""

    model_config = SettingsConfigDict(env_prefix="FINDER_", frozen=True, extra="forbid")

    database_url: str = Field(
        default=f"sqlite:///{PROJECT / 'instance' / 'finder.db'}",
        description="Where the listings live: a SQLAlchemy address of SQLite, or of PostgreSQL 15 or newer.",
    )
    snapshot_folder: Path | None = Field(
        default=None,
        description="A folder for a copy of the search's columns, from which workers start at once and which they "
        "share in memory; worth it from some 100,000 listings. Without it each worker reads the database.",
    )
    look_for_changes_seconds: float = Field(
        default=0.25,
        ge=0,
        le=60,
        description="For how long a worker searches what it has before it asks the database again whether listings "
        "have changed. With 0 it asks before each search, which costs each a query.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="The least serious event that is logged."
    )
    samhsa_workbook_url: str = Field(
        # The edition of 2022, the last whose address we know: each has one of its own.
        default="https://www.samhsa.gov/data/sites/default/files/reports/rpt35993/"
        "SA%20facilites/SU%20Directory/National_Directory_SA_Facilities_2022.xlsx",
        description="Where `finder import samhsa --download` fetches the national directory: "
        "each edition has its own address, which SAMHSA's page of the directory links.",
    )
    import_max_megabytes: int = Field(default=64, gt=0, description="The largest file an import reads, in megabytes.")
