"""The form of what is to be done to many listings."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms import Field, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from finder.domain.bulk import Deed
from finder.domain.review import CheckMethod, FieldGroup
from finder.domain.vocabulary import Code, Facet, Tag, vocabulary
from finder.listings.assign import assignable
from finder.listings.bulk import Task
from finder.listings.publishing import LONGEST_REASON
from finder.web.account.forms import PlainForm, complain
from finder.web.admin.facts import FIELD_GROUPS, METHODS, tag_words
from finder.web.languages import gettext, lazy_gettext
from finder.web.public.form_fields import without_controls

TOO_LONG = lazy_gettext("Use at most %(max)d characters")
"""Told beside a text that is longer than we keep."""

_NOBODY = "nobody"
_FIELDS: dict[Deed, tuple[str, ...]] = {
    Deed.VERIFY: ("groups", "method"),
    Deed.ADD_TAG: ("tag",),
    Deed.REMOVE_TAG: ("tag",),
    Deed.ASSIGN: ("account",),
}


class TaskForm(PlainForm):
    """What is to be done, and what that needs to know."""

    deed = SelectField(lazy_gettext("What to do"), choices=[SelectChoice(deed, deed) for deed in Deed])
    groups = SelectMultipleField(
        lazy_gettext("What was checked"),
        choices=[SelectChoice(group, label) for group, label in FIELD_GROUPS.items()],
    )
    method = RadioField(
        lazy_gettext("How"),
        choices=[SelectChoice(way, label) for way, label in METHODS.items() if way is not CheckMethod.IMPORT],
        validate_choice=False,
    )
    tag = StringField(lazy_gettext("Tag"), filters=[without_controls])
    account = SelectField(lazy_gettext("Who looks after them"), validate_choice=False)
    reason = StringField(
        lazy_gettext("Reason"), [Length(max=LONGEST_REASON, message=TOO_LONG)], filters=[without_controls]
    )

    @classmethod
    def of(cls, session: Session, said: MultiDict[str, str]) -> "TaskForm":
        """The form as it was sent; two queries where it is about people."""
        form = cls(said)
        if form.deed.data == Deed.ASSIGN:
            people = [SelectChoice(str(each.id), each.name or each.email) for each in assignable(session)]
            form.account.choices = [*people, SelectChoice(_NOBODY, gettext("Nobody"))]
        return form

    def task(self) -> Task | None:
        """What was asked for, or ``None`` where a field says what is wrong with it."""
        if not self.validate():
            return None
        deed = Deed(self.deed.data)
        for name in _FIELDS.get(deed, ()):
            _CHECKS[name](self[name])
        if deed in {Deed.HIDE, Deed.RETIRE} and not self.reason.data:
            complain(self.reason, gettext("Say why: whoever looks at the listing later wants to know"))
        return None if self.errors else self._task(deed)

    def asked(self) -> dict[str, Any]:
        """What was said, for addresses and for the form that follows."""
        return {field.name: field.data for field in self if field.data}

    def _task(self, deed: Deed) -> Task:
        needs: dict[str, Any] = {}
        details: list[str] = []
        for name in _FIELDS.get(deed, ()):
            needs |= _MEANING[name](self[name].data)
            details.append(_in_words(self[name]))
        return Task(
            deed=deed, reason=self.reason.data, detail="; ".join(filter(None, [*details, self.reason.data])), **needs
        )


def _tag(name: str) -> Tag:
    facet, _, code = name.partition(":")
    return Tag(Facet(facet), Code(code))


def _need_groups(field: Field) -> None:
    if not field.data:
        complain(field, gettext("Choose at least one group of facts"))


def _need_choice(field: Field) -> None:
    if field.data not in [choice.value for choice in field.choices or ()]:
        complain(field, gettext("Choose one"))


def _need_tag(field: Field) -> None:
    if _tag(field.data) not in vocabulary():
        complain(field, gettext("Choose a tag"))


def _in_words(field: Field) -> str:
    """What was chosen, as people read it."""
    if field.name == "tag":
        return tag_words(_tag(field.data))
    chosen = field.data if isinstance(field.data, list) else [field.data]
    return ", ".join(str(choice.label) for choice in field.choices if choice.value in chosen)


_CHECKS = {"groups": _need_groups, "method": _need_choice, "tag": _need_tag, "account": _need_choice}
_MEANING: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "groups": lambda said: {"groups": frozenset(map(FieldGroup, said))},
    "method": lambda said: {"method": CheckMethod(said)},
    "tag": lambda said: {"tag": _tag(said)},
    "account": lambda said: {"account_id": None if said == _NOBODY else int(said)},
}
