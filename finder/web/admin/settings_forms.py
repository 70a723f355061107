"""The forms of what administrators set: words, helplines' checks, rules of reviews."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import BooleanField, Field, HiddenField, StringField
from wtforms.validators import Length, ValidationError

from finder.domain.review import FieldGroup, GroupPolicy, ReviewPolicy
from finder.domain.vocabulary import FacetTerms, WordingKey, WordingPart
from finder.models.helpline_check import LONGEST_CHECK_NOTE
from finder.models.wording import LONGEST_EXPLANATION, LONGEST_LABEL
from finder.web.account.forms import PlainForm, complain
from finder.web.languages import LANGUAGES, gettext, lazy_gettext
from finder.web.public.form_fields import without_controls

_LONGEST = {WordingPart.LABEL: LONGEST_LABEL, WordingPart.EXPLANATION: LONGEST_EXPLANATION}
_MOST = {"days": 3650, "importance": 10}


class SeenForm(PlainForm):
    """A form that knows the last change that its reader had seen, so that nobody overwrites what they never saw."""

    seen = HiddenField()

    def has_seen(self, changes: Sequence[Any]) -> bool:
        """Whether the newest of the changes is the one that the reader had seen."""
        return bool(self.seen.data == _newest(changes))

    def notice(self, changes: Sequence[Any]) -> None:
        """From now on the reader has seen these."""
        self.seen.data = _newest(changes)


class NoteForm(PlainForm):
    """What there is to say of a check."""

    note = StringField(lazy_gettext("Note (optional)"), [Length(max=LONGEST_CHECK_NOTE)], filters=[without_controls])


class WordingForm(SeenForm):
    """The texts of a facet and its codes; made for each facet by `wording_form`."""

    keys: Mapping[str, WordingKey]

    def texts(self) -> dict[WordingKey, str]:
        """What is to be said where; an empty text stands for the shipped one."""
        return {key: self[name].data or "" for name, key in self.keys.items()}


def wording_form(terms: FacetTerms) -> type[WordingForm]:
    """The form for a facet: a field for each text, empty where the shipped one counts."""
    keys = {
        f"{code or 'facet'}-{language}-{part}": WordingKey(terms.facet, code, language, part)
        for code in ("", *(term.code for term in terms.terms))
        for language in LANGUAGES
        for part in WordingPart
    }
    fields = {name: _wording_field(key) for name, key in keys.items()}
    return type("FacetWordingForm", (WordingForm,), {"keys": keys, **fields})


def _wording_field(key: WordingKey) -> Any:
    what = gettext("Name") if key.part is WordingPart.LABEL else gettext("Explanation")
    return StringField(
        f"{what}, {LANGUAGES[key.language]}", [Length(max=_LONGEST[key.part])], filters=[without_controls]
    )


def _whole_number(_form: PlainForm, field: Field) -> None:
    """Refuse what is no whole number within the bounds of its kind."""
    most = _MOST[field.name.rpartition("-")[2]]
    text = (field.data or "").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= most):
        raise ValidationError(gettext("Enter a whole number from 1 to %(most)s", most=f"{most:,}"))


class PolicyForm(SeenForm):
    """A rule for each group of facts; its fields are added below."""

    @classmethod
    def of(cls, policy: ReviewPolicy) -> "PolicyForm":
        """The form, filled in with the rules in force."""
        data: dict[str, object] = {}
        for group, rule in policy.groups.items():
            data |= {f"{group}-days": str(rule.days), f"{group}-importance": str(rule.importance)}
            data[f"{group}-essential"] = rule.essential
        return cls(data=data)

    def policy(self) -> ReviewPolicy | None:
        """The rules, or ``None`` where a field says what is wrong with it."""
        if not self.validate():
            return None
        if not any(self[f"{group}-essential"].data for group in FieldGroup):
            complain(self[f"{FieldGroup.PHONE}-essential"], gettext("Mark at least one group as essential"))
            return None
        return ReviewPolicy({group: self._rule(group) for group in FieldGroup})

    def _rule(self, group: FieldGroup) -> GroupPolicy:
        days, importance = (int(self[f"{group}-{name}"].data) for name in _MOST)
        return GroupPolicy(days=days, importance=importance, essential=self[f"{group}-essential"].data)


for _group in FieldGroup:
    setattr(PolicyForm, f"{_group}-days", StringField(lazy_gettext("Days"), [_whole_number]))
    setattr(PolicyForm, f"{_group}-importance", StringField(lazy_gettext("Importance, 1 to 10"), [_whole_number]))
    setattr(PolicyForm, f"{_group}-essential", BooleanField(lazy_gettext("Essential")))


def _newest(changes: Sequence[Any]) -> str:
    return str(changes[0].id) if changes else "0"
