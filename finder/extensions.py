"""Flask's extensions, bound to the application in `finder.app.create_app`."""

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy

from finder.models import Base

db = SQLAlchemy(model_class=Base)
migrate = Migrate()
