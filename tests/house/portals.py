"""Copies of the portal, run as ``script/run`` runs it, each with a data folder of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

SECONDS = 90  # a start on a busy machine


class Portal:
    """One copy of the portal, run as script/run runs it."""

    def __init__(self, data, *arguments, **environment):
        self.data = data
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "rpcportal.run", *arguments],
            cwd=settings.BASE_DIR,
            env=clean_environment(RPCPORTAL_DATA=data, PORT=self.port) | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.words = ""

    def read_until(self, words):
        for line in self.process.stdout:
            self.words += line
            if words in line:
                return
        raise AssertionError(f"It ended without saying “{words}”:\n{self.words}")

    def wait_until_up(self):
        self.read_until("Ctrl-C stops")
        return self

    def stop(self, how=signal.SIGTERM):
        """Stop it and return its exit code."""
        self.process.send_signal(how)
        return self.wait()

    def wait(self):
        output, _ = self.process.communicate(timeout=SECONDS)
        self.words += output
        return self.process.returncode

    def status(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", "/")
        status = connection.getresponse().status
        connection.close()
        return status

    def left_over(self):
        """The command lines of processes that belong to this copy's data folder."""
        wanted = f"RPCPORTAL_DATA={self.data}".encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if wanted in (folder / "environ").read_bytes().split(b"\0"):
                    found.append((folder / "cmdline").read_bytes())
            except OSError:
                continue  # ended meanwhile, or somebody else's
        return [line for line in found if line]


def clean_environment(**values):
    left_out = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "RPCPORTAL_HOSTS", "RPCPORTAL_SMTP"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return kept | {name: str(value) for name, value in values.items()}


def free_port():
    # Below the range from which the system gives ports to clients, which may come back late.
    for port in range(20000 + os.getpid() % 9000, 32000):
        with socket.socket() as listener:
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no port is free")


def wait_for(condition):
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def stop_at(step, copy):
    copy.read_until(step)
    time.sleep(0.3)

    assert copy.stop() == 0
    assert copy.left_over() == []


def children(parent, words=b""):
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if int(status[1]) == parent and words in command and status[0] != "Z":
            found.append(int(folder.name))
    return found
