"""Settings for tests: the same portal, with the few things a test run must have otherwise."""

from rpcportal.settings import *  # noqa: F403 - every setting, then the differences
from rpcportal.settings import DATABASE_OWNER, DATABASES

# Real hashing costs 0.2 s a sign-in by design; no test is about its strength.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Tests make and drop databases, so they are the owner.
PORTAL_OWNS_DATABASE = True
DATABASES["default"] |= {name: DATABASE_OWNER[name] for name in ("USER", "PASSWORD")}
# Emptying tables between browser tests is refused for agreed sheets (planning's guards);
# this is the setting by which the owner of a database may do it all the same.
DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c rpcportal.allow_truncate=on"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = None  # nobody collects static files for tests
WHITENOISE_USE_FINDERS = True
# Each client of a test would otherwise look through all static files when it is made.
WHITENOISE_AUTOREFRESH = True
