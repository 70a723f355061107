"""The forms of a source: what is said of it, how its files are read, where to fetch them, and its files themselves."""

import datetime as dt
import re
from collections.abc import Sequence
from contextlib import suppress
from ipaddress import ip_address
from itertools import chain, count
from typing import Any, BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import Field, FileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from finder.domain.vocabulary import Facet
from finder.importing import UnreadableFile
from finder.importing.addresses import addresses_of, target_of
from finder.importing.overview import how_many_listings
from finder.importing.recipes import FORMATS, Recipe
from finder.importing.sources import RESERVED_KEYS, is_free_key, samhsa_source
from finder.importing.timetable import fetch_every, forget_last_answer
from finder.listings.slug import slugify
from finder.models import Source
from finder.web.account.forms import PlainForm, complain
from finder.web.admin.bulk_form import TOO_LONG
from finder.web.languages import gettext, language, lazy_gettext
from finder.web.public.form_fields import without_controls
from finder.web.uploads import workshop
from finder.web.wording import words

MOST_HOURS = 24 * 90
_FELLOWSHIP = Facet("fellowship")
_LONGEST_KEY = 40
_TAKEN = frozenset({"new"})  # what addresses below /admin/sources name else


def _up_to(longest: int) -> Length:
    return Length(max=longest, message=TOO_LONG)


def _web_address(_form: PlainForm, field: Field) -> None:
    """Refuse what leads to no page. Raises ``ValidationError`` with what to tell."""
    try:
        target_of(field.data)
    except UnreadableFile as error:
        raise ValidationError(str(error)) from error


def _address_to_fetch(_form: PlainForm, field: Field) -> None:
    """Refuse what nobody would fetch. A name is looked up when it is fetched, here only what needs no asking.

    Raises ``ValidationError`` with what to tell.
    """
    try:
        addresses_of(target_of(field.data), _named_addresses, workshop().fetcher.trusted)
    except UnreadableFile as error:
        raise ValidationError(str(error)) from error


def _whole_hours(_form: PlainForm, field: Field) -> None:
    """Refuse what is no number of hours. Raises ``ValidationError`` with what to tell."""
    text = field.data
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= MOST_HOURS):
        raise ValidationError(gettext("Enter a whole number from 1 to %(most)s", most=f"{MOST_HOURS:,}"))


def _named_addresses(host: str, _port: int) -> Sequence[str]:
    """The IP addresses that a host's name itself says."""
    if host == "localhost" or host.endswith(".localhost"):
        return ["127.0.0.1"]
    with suppress(ValueError):
        return [str(ip_address(host))]
    return []


class UploadForm(PlainForm):
    """The files of one import; made for each format by `upload_form`, with a field for each file beside the first."""

    file = FileField(lazy_gettext("File"), [InputRequired(lazy_gettext("Choose a file"))])

    def files(self) -> list[BinaryIO]:
        """The files that were chosen, the first one first."""
        return [field.data.stream for field in self if field.data]

    def name(self) -> str:
        """How the first file is called, without the folders that some browsers tell."""
        return without_controls(re.split(r"[/\\]", self.file.data.filename)[-1]) or gettext("file")


def upload_form(recipe: Recipe) -> type[UploadForm]:
    """The form for the files of a format."""
    labels = [what[:1].upper() + what[1:] for what in recipe.beside]
    if not recipe.needs_beside:
        labels = [gettext("%(file)s (if you have it)", file=label) for label in labels]
    fields = {f"beside_{number}": FileField(label, [_needed(recipe, label)]) for number, label in enumerate(labels)}
    return type("FormatUploadForm", (UploadForm,), fields)


def _needed(recipe: Recipe, label: str) -> InputRequired | Optional:
    return InputRequired(gettext("Choose this file, too: %(file)s", file=label)) if recipe.needs_beside else Optional()


def options_in_words(source: Source, recipe: Recipe) -> list[tuple[str, str]]:
    """What is kept of how a source's files are read, as (label, words)."""
    fellowship = source.options.get("fellowship") if "fellowship" in recipe.options else None
    return [(gettext("Whose meetings they are"), words().label(_FELLOWSHIP, fellowship))] if fellowship else []


class SourceForm(PlainForm):
    """A source of listings."""

    name = StringField(
        lazy_gettext("Name"),
        [DataRequired(lazy_gettext("Enter a name")), _up_to(200)],
        filters=[without_controls],
    )
    format = RadioField(
        lazy_gettext("What its files are"),
        [InputRequired(lazy_gettext("Choose what its files are"))],
        validate_choice=False,
    )
    fellowship = SelectField(lazy_gettext("Whose meetings they are, of a Meeting Guide feed"), validate_choice=False)
    attribution = TextAreaField(lazy_gettext("What the publisher wants said"), [_up_to(500)])
    licence = StringField(lazy_gettext("License"), [_up_to(200)], filters=[without_controls])
    url = StringField(
        lazy_gettext("The publisher's page"), [Optional(), _up_to(500), _web_address], filters=[without_controls]
    )
    address = StringField(
        lazy_gettext("Address to fetch"), [Optional(), _up_to(500), _address_to_fetch], filters=[without_controls]
    )
    every_hours = StringField(
        lazy_gettext("Every how many hours"), [Optional(), _whole_hours], filters=[without_controls]
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fellowships = words().facet(_FELLOWSHIP).terms
        self.fellowship.choices = [SelectChoice(term.code, term.label(language())) for term in fellowships]

    @classmethod
    def of(cls, source: Source) -> "SourceForm":
        """The form, filled in with what is known of a source."""
        said = ("name", "format", "attribution", "licence", "url", "address")
        data = {name: getattr(source, name) for name in said} | {"every_hours": str(source.every_hours or "")}
        return cls(data=data | {"fellowship": source.options.get("fellowship")})

    def save(self, session: Session, source: Source | None, *, at: dt.datetime) -> Source | None:
        """Write what was said of this source, or of a new one; ``None`` where a field says what is wrong with it.

        The caller commits.
        """
        if not self.validate():
            return None
        recipe = FORMATS.get(self.format.data)
        self._check_format(session, source, recipe)
        self._check_fellowship(recipe)
        self._check_timetable(recipe)
        if self.errors or recipe is None:
            return None
        saved = source or self._new(session, recipe)
        self._tell(saved, recipe)
        self._set_timetable(saved, at)
        session.add(saved)
        return saved

    def _check_format(self, session: Session, source: Source | None, recipe: Recipe | None) -> None:
        if recipe is None:
            complain(self.format, gettext("Choose what its files are"))
        elif source is None and _is_there(session, recipe.only_source):
            complain(self.format, gettext("There is a source of this format already, and there can be only one"))
        elif source and recipe.only_source != (source.key if source.key in RESERVED_KEYS else ""):
            complain(self.format, gettext("A source of this name can not have this format. Add another source"))
        elif source and source.format not in {"", recipe.key} and how_many_listings(session, source):
            complain(
                self.format,
                gettext("Its listings came in another format and would come in a second time. Add another source"),
            )

    def _check_fellowship(self, recipe: Recipe | None) -> None:
        known = [choice.value for choice in self.fellowship.choices]
        if recipe and "fellowship" in recipe.options and self.fellowship.data not in known:
            complain(self.fellowship, gettext("Choose whose meetings they are"))

    def _check_timetable(self, recipe: Recipe | None) -> None:
        if self.address.data and recipe and not recipe.can_be_fetched:
            complain(self.address, gettext("Files of this format can not be fetched. Leave it empty and upload them"))
        if self.every_hours.data and not self.address.data:
            complain(self.address, gettext("Enter the address to fetch, or leave the hours empty"))

    def _new(self, session: Session, recipe: Recipe) -> Source:
        if recipe.only_source:
            return samhsa_source(recipe.only_source)
        return Source(key=_free_key(session, self.name.data), options={})

    def _tell(self, source: Source, recipe: Recipe) -> None:
        """Write the texts; of a source for which we know what must be said, no empty one replaces that."""
        for name in ("name", "attribution", "licence", "url", "address"):
            if self[name].data or source.key not in RESERVED_KEYS:
                setattr(source, name, self[name].data or "")
        source.format = recipe.key
        kept = {name: value for name, value in source.options.items() if name != "fellowship"}
        source.options = kept | ({"fellowship": self.fellowship.data} if "fellowship" in recipe.options else {})

    def _set_timetable(self, source: Source, at: dt.datetime) -> None:
        """Let another timetable begin now; the same one goes on, paused or not."""
        hours = int(self.every_hours.data) if self.every_hours.data else None
        if hours != source.every_hours:
            fetch_every(source, hours, at)
        forget_last_answer(source)


def _is_there(session: Session, key: str) -> bool:
    return session.get(Source, key) is not None


def _free_key(session: Session, name: str) -> str:
    """A key for a new source, made of its name."""
    taken = {*session.scalars(select(Source.key)), *_TAKEN}
    wanted = slugify(name)[:_LONGEST_KEY]
    numbered = (f"{wanted[: _LONGEST_KEY - 4].rstrip('-')}-{number}" for number in count(2))
    return next(key for key in chain([wanted.strip("-")], numbered) if key not in taken and is_free_key(key))
