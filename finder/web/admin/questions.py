"""What somebody who calls a listed place asks, group by group, in plain words; never about patients."""

from collections.abc import Mapping

from finder.domain.review import FieldGroup
from finder.web.languages import lazy_gettext

QUESTIONS: Mapping[FieldGroup, lazy_gettext] = {
    FieldGroup.PHONE: lazy_gettext("Is this the right number for somebody who looks for help? Is there another one?"),
    FieldGroup.ADDRESS: lazy_gettext("Are you still at this address?"),
    FieldGroup.SERVICES: lazy_gettext("Do you still offer all of this? Is anything missing?"),
    FieldGroup.PAYMENT: lazy_gettext("How can people pay? Is there help for those who can't?"),
    FieldGroup.HOURS: lazy_gettext("On which days and at what times are you open, or do you meet?"),
    FieldGroup.AVAILABILITY: lazy_gettext("Are you taking new people now? How many beds are free?"),
    FieldGroup.WEBSITE: lazy_gettext("Are your website and e-mail address still these?"),
    FieldGroup.DESCRIPTION: lazy_gettext("Is this what you are called, and what you would say of yourselves?"),
}
