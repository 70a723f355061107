"""Signing in, the second factor, forgotten passwords, and what people do with their own account."""

from flask import Blueprint

from finder.web.guard import guard

blueprint = Blueprint("account", __name__, url_prefix="/account")
guard(blueprint)

from finder.web.account import links, own, passkeys, second_factor, set_up, sign_in  # noqa: E402, F401 (the views register themselves)
