"""The database of a test run (how it is made stands in tests/database.py), and a world in it."""

import gc
import pickle
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.urls import get_resolver

from tests import database
from tests.factories.world import make_world

# A test run makes many objects and keeps few: looking for circles among them less often saves a
# twentieth of its time.
gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """A database of this process's own, copied from the one that was migrated once."""
    # The addresses depend on settings; they are read before any test changes one.
    assert get_resolver().url_patterns
    with database.server(), django_db_blocker.unblock():
        name = database.make()
        with django_db_blocker.block():
            yield
        database.drop(name)


@pytest.fixture(scope="module")
def standing_world(django_db_setup, django_db_blocker):
    """The two areas of tests/factories/world.py, pickled, made once for all tests of a module."""
    with django_db_blocker.unblock(), _rolled_back():
        world = make_world()
        # The deferred rules look at it now; each test would otherwise have to look anew.
        connection.check_constraints()
        # As bytes: a copy for each test is made of them five times as quickly as by deepcopy.
        yield pickle.dumps(world)


@pytest.fixture
def world(standing_world):
    """The two areas, as if just made: whatever the test does to them is undone after it.

    A module that uses it does not use pytest-django's ``db``, which would end its transaction.
    """
    with _rolled_back():
        yield pickle.loads(standing_world)  # noqa: S301 - our own, of a moment ago
        connection.check_constraints()  # the deferred ones, which a commit would have checked


@contextmanager
def _rolled_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
