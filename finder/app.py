"""The application factory: the only module that knows every part."""

from flask import Flask
from flask.cli import FlaskGroup

from finder import api, cli, jobs, web
from finder.config import MIGRATIONS, Settings
from finder.extensions import READER, db, migrate
from finder.models.connection import engine_options
from finder.models.reader import reader_options
from finder.ops import logs


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application for these settings, by default those of the environment."""
    settings = settings or Settings()
    logs.configure(settings.log_level)
    app = Flask("finder", static_folder=None)  # WhiteNoise serves what the build made
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings.database_url)
    if url := settings.database_read_url:
        app.config["SQLALCHEMY_BINDS"] = {READER: {"url": url, **reader_options(url, settings.database_url)}}
    app.extensions["settings"] = settings
    db.init_app(app)
    migrate.init_app(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)
    jobs.init_app(app)
    web.init_app(app)
    api.init_app(app)
    cli.init_app(app)
    return app


main = FlaskGroup(create_app=create_app, help="Run and administer finder, the treatment directory.")
