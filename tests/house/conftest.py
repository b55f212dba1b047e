"""Portals to start and stop."""

import fcntl
import subprocess

import pytest

from rpcportal.kit.embedded import EmbeddedServer
from tests.house.portals import Portal, stop_at

FIRST_STEPS = ("Making the database", "Bringing the database")


@pytest.fixture
def portal(tmp_path):
    """``portal(name, …)`` starts a copy with a data folder of that name."""
    copies = []

    def start(name="data", *arguments, **environment):
        copies.append(Portal(tmp_path / name, *arguments, **environment))
        return copies[-1]

    yield start
    for copy in copies:
        if copy.process.poll() is None:
            copy.stop()
        copy.process.stdout.close()
        EmbeddedServer(copy.data).stop()


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A data folder of a portal that was started once, without the demo, and stopped; before that
    it was told to stop in the middle of its first start, twice.

    All processes of a test run share one: making it takes longer than most of these tests.
    """
    folder = tmp_path_factory.getbasetemp().parent / "made"
    with (folder.parent / "made.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            half = folder.with_suffix(".half")
            for step in FIRST_STEPS:
                copy = Portal(half, "--no-demo")
                stop_at(step, copy)
                copy.process.stdout.close()
            copy = Portal(half, "--no-demo").wait_until_up()
            assert copy.stop() == 0
            copy.process.stdout.close()
            half.rename(folder)
    return folder


@pytest.fixture
def started(portal, made, tmp_path):
    """``started(name)``: a portal that has been started before, and is up again."""

    def start(name="data"):
        # With owners: the database belongs to another user where the portal runs as root.
        subprocess.run(["cp", "-a", made, tmp_path / name], check=True)
        return portal(name, "--no-demo").wait_until_up()

    return start
