"""The database of a test run; how it is made stands in tests/database.py."""

import pytest

from tests import database


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """A database of this process's own, copied from the one that was migrated once."""
    with database.server(), django_db_blocker.unblock():
        name = database.make()
        with django_db_blocker.block():
            yield
        database.drop(name)
