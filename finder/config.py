"""Settings, from the environment (12-factor): every name starts with ``FINDER_``."""

import json
import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, FilePath, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).parents[1]
MIGRATIONS = PROJECT / "migrations"
SHORTEST_SECRET = 32  # characters


class Settings(BaseSettings):
    """What an operator may set. Frozen; a value that makes no sense stops the start with a message that names it."""

    model_config = SettingsConfigDict(env_prefix="FINDER_", frozen=True, extra="forbid", hide_input_in_errors=True)

    database_url: str = Field(
        default=f"sqlite:///{PROJECT / 'instance' / 'finder.db'}",
        description="Where the listings live: a SQLAlchemy address of SQLite, or of PostgreSQL 15 or newer.",
    )
    database_read_url: str | None = Field(
        default=None,
        pattern=r"^postgresql\+psycopg://",
        description="Where pages are read from, if not there: the address of a standby of the PostgreSQL server. While "
        "it can't be reached they are read from the server itself, as everything is that people see who sign in.",
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
    database_patience_seconds: float = Field(
        default=3,
        ge=0.5,
        le=60,
        description="For how long a page waits for an answer of a PostgreSQL server before it goes on without: a "
        "search in what was read before, everything else with the helplines and the advice to try again.",
    )
    reserve: bool = Field(
        default=True,
        description="Whether a copy of what results show of each listing is kept in the instance folder, so that "
        "people can search while the PostgreSQL server can't be reached; about 0.6 MB for 1,000 listings.",
    )
    secret_key: SecretStr | None = Field(
        default=None,
        min_length=SHORTEST_SECRET,
        description="At least 32 random characters, kept like a password, that sign forms and cookies and seal the "
        "second factors of who signs in. Without it one is made at the first need and kept in the instance folder, "
        "which does for one machine; several servers of one site need the same. A new one, without the old one among "
        "`FINDER_SECRET_KEY_FALLBACKS`, ends all sessions, and everybody must set up the second factor again.",
    )
    secret_key_fallbacks: tuple[Annotated[SecretStr, Field(min_length=SHORTEST_SECRET)], ...] = Field(
        default=(),
        description='Secrets that were replaced, as a JSON list: `["the one before"]`. What they signed and sealed is '
        "still taken, nothing new is made with them.",
    )
    password_words: str = Field(
        default="",
        pattern=r"^\s*(([^,]*[^\W_]){3}[^,]*(,([^,]*[^\W_]){3}[^,]*)*)?$",
        description="What no password may contain, with commas between: the names of your organization, its short "
        "name, its town, each of three letters or digits at least. Large letters, blanks and signs make no difference.",
    )
    breached_passwords: FilePath | None = Field(
        default=None,
        description="A file of passwords that were stolen elsewhere, which nobody may choose: a line for each, with "
        "its SHA-1 in capital hexadecimal digits, sorted by them, as Have I Been Pwned gives them out.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="The least serious event that is logged."
    )
    metrics_port: int = Field(
        default=0,
        ge=0,
        le=65_535,
        description="The port on which metrics are told to Prometheus, such as 9464; never a port that visitors reach. "
        "With 0 they are told to nobody.",
    )
    metrics_host: str = Field(
        default="127.0.0.1",
        pattern=r"^[0-9A-Za-z.:-]+$",
        description="The address of this machine at which metrics are told: this machine alone may ask, unless it is "
        "an address of your own network, on which Prometheus runs.",
    )
    leave_to: str = Field(
        default="https://www.weather.gov/",
        pattern=r"^(https://\S+)?$",
        description='Where the button "Leave this site" takes a visitor who must not be seen here: an ordinary page. '
        "Empty, there is no button.",
    )
    map_tiles: str | None = Field(
        default=None,
        pattern=r"^https://(\{s\}\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]+)?/\S*$",
        description="Where map pictures come from, as `https://tiles.example/{z}/{x}/{y}.png`; that host then learns "
        "where a visitor of the map looks. Without it the map is drawn from the outlines that come with the program, "
        "and nobody else is asked.",
    )
    map_tiles_attribution: str = Field(
        default="",
        description="What the makers of the map pictures want said below the map, in Markdown, so that it may hold "
        "links.",
    )
    geocoder: str = Field(
        default="",
        pattern="^[a-z0-9]*$",
        description="Who is asked for the position of an address when somebody edits a listing: the name of a geocoder "
        "of geopy 2, such as `nominatim`. It learns the address, never a confidential one. Empty, nobody is asked, and "
        "the position is the middle of the ZIP Code.",
    )
    geocoder_options: SecretStr | None = Field(
        default=None,
        description="What the geocoder needs, as a JSON object of its arguments in geopy: "
        '`{"domain": "nominatim.example.org", "user_agent": "finder of Example County"}`, `{"api_key": "..."}`.',
    )
    base_url: str = Field(
        default="http://127.0.0.1:8000",
        description="The address under which people reach the service, for links in letters. With https, cookies of "
        "who signs in travel encrypted only; anything else is refused, but on this machine itself.",
    )
    instance_folder: Path = Field(
        default=PROJECT / "instance",
        description="A folder of this installation, which only its own user may read: the secret, where none is set, "
        "and letters that could not be sent.",
    )
    session_idle_minutes: int = Field(
        default=60, gt=0, le=1440, description="After so many minutes without a request a session ends."
    )
    session_hours: int = Field(
        default=12, gt=0, le=168, description="So many hours after the sign-in a session ends, in use or not."
    )
    smtp_url: SecretStr | None = Field(
        default=None,
        description="The mail server for invitations and forgotten passwords: "
        "`smtp+starttls://user:password@host:587`, `smtps://...` or, on this machine, "
        "`smtp://host`. Without it letters are kept in the instance folder.",
    )
    mail_from: str = Field(default="finder@localhost", description="The sender of letters.")
    trusted_proxies: int = Field(
        default=0,
        ge=0,
        le=5,
        description="How many proxies stand before the service and tell a visitor's address in `X-Forwarded-For`. The "
        "address only counts tries to sign in and requests of a minute; it is never kept or logged.",
    )
    searches_per_minute: int = Field(
        default=600,
        ge=0,
        description="How many searches, exports of one and reports a visitor's address may ask of one worker in a "
        "minute: a shelter or a clinic behind one address has many visitors. Beyond it the answer is 429 and says when "
        "to go on. With 0 there is no limit.",
    )
    suggestions_per_minute: int = Field(
        default=1200,
        ge=0,
        description="The same of suggestions while somebody types a place, several a search.",
    )
    data_requests_per_minute: int = Field(
        default=600,
        ge=0,
        description="The same of what programs read: `/hsds`, and the feeds of meetings. Who wants everything takes "
        "the nightly files.",
    )
    dump_folder: Path | None = Field(
        default=None,
        description="The folder of the nightly files of all open data, which `finder export dump` writes and the page "
        "`/data` offers. Without it they are in `dump` in the instance folder.",
    )
    data_license: str = Field(
        default="CC BY 4.0",
        min_length=1,
        description="Under which license others may use what this directory itself writes; each source has terms of "
        "its own, which the page `/data` lists.",
    )
    data_license_url: str = Field(
        default="https://creativecommons.org/licenses/by/4.0/",
        pattern=r"^https://\S+$",
        description="Where the text of that license is.",
    )
    samhsa_workbook_url: str = Field(
        # The edition of 2022, the last whose address we know: each has one of its own.
        default="https://www.samhsa.gov/data/sites/default/files/reports/rpt35993/"
        "SA%20facilites/SU%20Directory/National_Directory_SA_Facilities_2022.xlsx",
        description="Where `finder import samhsa --download` fetches the national directory: "
        "each edition has its own address, which SAMHSA's page of the directory links.",
    )
    import_max_megabytes: int = Field(default=64, gt=0, description="The largest file an import reads, in megabytes.")
    fetch_private_hosts: str = Field(
        default="",
        pattern=r"^\s*([A-Za-z0-9.-]+(:[0-9]{1,5})?(\s+|$))*$",
        description="Hosts of your own network from which sources may be fetched, as `host` or `host:port` with blanks "
        "between. All others must be public, with port 80 or 443: nobody can make this machine ask its neighbors.",
    )

    @property
    def dumps(self) -> Path:
        """The folder of the nightly files."""
        return self.dump_folder or self.instance_folder / "dump"

    @field_validator("geocoder_options")
    @classmethod
    def _is_an_object(cls, value: SecretStr | None) -> SecretStr | None:
        try:
            options = json.loads(value.get_secret_value()) if value else {}
        except ValueError:
            options = None
        if not isinstance(options, dict):
            raise ValueError('must be a JSON object, such as {"user_agent": "finder of Example County"}')
        return value

    @field_validator("base_url")
    @classmethod
    def _is_safe(cls, value: str) -> str:
        address = urlsplit(value)
        is_here = address.hostname in {"127.0.0.1", "::1", "localhost"}
        if address.scheme != "https" and not (address.scheme == "http" and is_here):
            raise ValueError("must begin with https://, since people send their passwords there")
        if not address.hostname or address.path not in {"", "/"} or address.query or address.fragment:
            raise ValueError("must be a scheme and a host alone, as in https://finder.example.org")
        return value.rstrip("/")

    @field_validator("smtp_url")
    @classmethod
    def _is_a_mail_server(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"(smtp|smtp\+starttls|smtps)://[^\s/]+", value.get_secret_value()):
            raise ValueError("must read smtp+starttls://user:password@host:587, smtps://... or smtp://host")
        return value

    @field_validator("map_tiles")
    @classmethod
    def _has_its_parts(cls, address: str | None) -> str | None:
        if address and not all(part in address for part in ("{z}", "{x}", "{y}")):
            raise ValueError("the address of map pictures has {z}, {x} and {y}")
        return address
