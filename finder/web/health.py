"""Whether the service can answer, for whatever watches it."""

from http import HTTPStatus

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from finder.extensions import db

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def health() -> ResponseReturnValue:
    """Whether this process can answer: ``{"status": "ok"}``, or 503 when the database doesn't."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return jsonify(status="database unavailable"), HTTPStatus.SERVICE_UNAVAILABLE
    return jsonify(status="ok")
