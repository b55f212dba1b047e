"""The portal's own settings, with the floor page beside its pages."""

from rpcportal.settings import *  # noqa: F403 - every setting, then the differences
from rpcportal.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.bench"]
ROOT_URLCONF = "tests.bench.urls"
