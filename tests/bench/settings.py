"""The portal's own settings, with the floor page beside its pages.

Requests are logged as in production, because that costs time, and nobody reads the lines.
"""

import os

from rpcportal.settings import *  # noqa: F403 - every setting, then the differences
from rpcportal.settings import INSTALLED_APPS, LOGGING

INSTALLED_APPS = [*INSTALLED_APPS, "tests.bench"]
ROOT_URLCONF = "tests.bench.urls"
LOGGING["handlers"]["console"] |= {"class": "logging.FileHandler", "filename": os.devnull}
