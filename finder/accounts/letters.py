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


def link_address(base_url: str, token: str) -> str:
    """Where a link to choose a password leads (`finder.web.account.links`)."""
    return f"{base_url}/account/choose-password/{token}"


def invitation(to: str, name: str, link: str) -> Letter:
    """The first letter to somebody: with a link to choose a password."""
    return Letter(to, "Your account at the treatment directory", _INVITATION.format(name=name or to, link=link))


def forgotten(to: str, name: str, link: str) -> Letter:
    """The letter to who forgot their password."""
    return Letter(to, "A new password for the treatment directory", _FORGOTTEN.format(name=name or to, link=link))
