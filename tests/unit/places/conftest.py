import pytest

from finder.places import Gazetteer
from finder.places import gazetteer as read_once


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return read_once()
