"""What our letters say."""

from finder.accounts.mail import Letter

_INVITATION = """\
Hello {name},

you have been invited to help keep the treatment directory true.
Open this link within 7 days to choose a password:

{link}

You will also need an app for sign-in codes on your phone.
If you did not expect this, ignore it: nothing happens.
"""

_FORGOTTEN = """\
Hello {name},

somebody, probably you, asked for a new password for the treatment
directory. Open this link within one hour to choose one:

{link}

If it was not you, ignore this: your password stays as it is.
"""

_FACTS = """\
Hello,

your place "{name}" is listed in our directory of help with alcohol and
drugs. Please look at what it says about you, and tell us whether it is
true. It takes two minutes and needs no account.

Su centro "{name}" está en nuestro directorio de ayuda con el alcohol y
las drogas. Mire lo que dice y díganos si es cierto. Toma dos minutos.
"""
_FACTS_LINK = """\
{text}

{link}

The link works once, for 30 days. El enlace funciona una vez, por 30 días.
"""


def link_address(base_url: str, token: str) -> str:
    """Where a link to choose a password leads (`finder.web.account.links`)."""
    return f"{base_url}/account/choose-password/{token}"


def invitation(to: str, name: str, link: str) -> Letter:
    """The first letter to somebody: with a link to choose a password."""
    return Letter(to, "Your account at the treatment directory", _INVITATION.format(name=name or to, link=link))


def forgotten(to: str, name: str, link: str) -> Letter:
    """The letter to who forgot their password."""
    return Letter(to, "A new password for the treatment directory", _FORGOTTEN.format(name=name or to, link=link))


def about_facts(name: str) -> str:
    """What a letter says, unless its writer says otherwise, that asks a place whether its facts are true."""
    return _FACTS.format(name=name)


def question(to: str, name: str, text: str, link: str) -> Letter:
    """The letter that asks a place whether its facts are true, with the link to the page where it answers."""
    subject = " ".join(f"Is this true? {name}".split())  # a subject is one line
    return Letter(to, subject, _FACTS_LINK.format(text=text, link=link))
