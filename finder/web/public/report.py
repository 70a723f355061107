"""Reporting a problem with a listing. Of who reports it, only what they write is kept."""

import datetime as dt
from http import HTTPStatus

from flask import Response, current_app, make_response, render_template, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from finder.accounts.secret import signing_secrets
from finder.config import Settings
from finder.extensions import db
from finder.listings.problems import WORDS_ARE_KEPT, Said, store_report
from finder.models import Provider
from finder.models.connection import begin_writing
from finder.web.directory import current_directory
from finder.web.languages import gettext, page_url
from finder.web.limits import visitor_key
from finder.web.public import blueprint
from finder.web.public.found import found_listing
from finder.web.public.report_form import ReportForm
from finder.web.public.report_guard import REPORTS_COUNT_FOR, ReportGuard

_LARGEST_FORM = 50_000  # bytes: several times the longest text, each character escaped
_ADDRESS = "/providers/<slug>/report"


@blueprint.record
def _add_guard(state: BlueprintSetupState) -> None:
    settings: Settings = state.app.extensions["settings"]
    state.app.extensions.setdefault("report_guard", ReportGuard(lambda: signing_secrets(settings)))


@blueprint.get(_ADDRESS)
def report(slug: str) -> ResponseReturnValue:
    """The form, empty."""
    listing = found_listing(slug)
    return _form_page(listing, ReportForm(), current_directory().now())


@blueprint.post(_ADDRESS)
def send_report(slug: str) -> ResponseReturnValue:
    """Keep what was sent and go on to the thanks; or show the form again, with all that was typed."""
    request.max_content_length = _LARGEST_FORM
    listing, form, now = found_listing(slug), ReportForm(request.form), current_directory().now()
    if form.homepage.data:  # a program: let it think that it was heard
        return _thanks(slug)
    is_ours = _guard().is_ours(form.token.data, slug, now)
    if not form.validate():
        return _form_page(listing, form, now, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if not is_ours:
        notice = gettext("This form was open for a long time. Check what you wrote, then send it again.")
        return _form_page(listing, form, now, notice, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not _guard().admits(listing.id, visitor_key(), now):
        notice = gettext("Many reports have reached us in the last hour. Please send this again in an hour.")
        response = _form_page(listing, form, now, notice, HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(int(REPORTS_COUNT_FOR.total_seconds()))
        return response
    _keep(listing.id, form.said(), now)
    return _thanks(slug)


@blueprint.get(f"{_ADDRESS}/sent")
def report_sent(slug: str) -> ResponseReturnValue:
    """Thanks."""
    return _unlisted(render_template("public/report_sent.html", listing=found_listing(slug)))


def _keep(listing_id: int, said: Said, now: dt.datetime) -> None:
    db.session.rollback()  # what was read until now, so that what is written waits for its turn instead of failing
    begin_writing(db.session())
    store_report(db.session(), listing_id, said, now)
    db.session.commit()


def _thanks(slug: str) -> ResponseReturnValue:
    # Without the page in it that Werkzeug would send along: no browser shows it, and it isn't one of ours.
    address = page_url("report_sent", slug=slug)
    return Response(status=HTTPStatus.SEE_OTHER, headers={"Location": address}, mimetype="text/plain")


def _form_page(
    listing: Provider, form: ReportForm, now: dt.datetime, notice: str = "", status: int = HTTPStatus.OK
) -> Response:
    page = render_template(
        "public/report.html",
        listing=listing,
        form=form,
        notice=notice,
        token=_guard().token(listing.slug, now),
        days_kept=WORDS_ARE_KEPT.days,
    )
    return _unlisted(page, status)


def _unlisted(page: str, status: int = HTTPStatus.OK) -> Response:
    response = make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _guard() -> ReportGuard:
    guard: ReportGuard = current_app.extensions["report_guard"]
    return guard
