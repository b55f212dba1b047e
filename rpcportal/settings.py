"""Every setting of the portal. What differs between machines comes from the environment:

DATABASE_URL       a PostgreSQL server; without it the portal starts its own
RPCPORTAL_OWNER_URL  the same database as its owner, for ``migrate``: the history is then safe
                   from the portal's own user
RPCPORTAL_DATA     the data folder (default: var/ beside this code)
RPCPORTAL_HOSTS    host names, comma separated. Setting it means production: HTTPS only
RPCPORTAL_SECRET   the secret key; without it one is made and kept in the data folder
RPCPORTAL_LOG      json or text (default: json in production, a quiet text elsewhere)
RPCPORTAL_PROXIES  how many proxies stand in front and add to X-Forwarded-For (default: 0)
RPCPORTAL_SMTP     smtp://USER:PASSWORD@HOST:PORT, smtps:// or smtp+tls:// for the post
RPCPORTAL_FROM     the address that the portal's e-mails come from
RPCPORTAL_UNUSED_MONTHS  after how long an unused account is emptied (default: 24; 0: never)
RPCPORTAL_OIDC_ISSUER, _OIDC_CLIENT, _OIDC_SECRET, _OIDC_NAME  single sign-on; all four or none
"""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from rpcportal import logs
from rpcportal.kit import embedded


def number(name, usual):
    """A whole number from the environment, or the usual one."""
    given = os.environ.get(name, "").strip() or str(usual)
    if not (given.isascii() and given.isdigit() and len(given) < 6):
        raise ImproperlyConfigured(f"{name} must be a whole number, not “{given}”.")
    return int(given)


BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("RPCPORTAL_DATA") or BASE_DIR / "var").resolve()
HOSTS = [host.strip() for host in os.environ.get("RPCPORTAL_HOSTS", "").split(",") if host.strip()]
PRODUCTION = bool(HOSTS)
PROXIES = number("RPCPORTAL_PROXIES", 0)


def secret_key():
    """The key from the environment, or one made on first use and kept in the data folder."""
    if key := os.environ.get("RPCPORTAL_SECRET"):
        return key
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    path = DATA_DIR / "secret_key"
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text()


def origin_of(url):
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


# --- What the portal is made of ------------------------------------------------------------

DEBUG = False
SECRET_KEY = secret_key()
ROOT_URLCONF = "rpcportal.urls"
WSGI_APPLICATION = "rpcportal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "pgtrigger",
    "pghistory",
    "csp",
    "crispy_forms",
    "django_htmx",  # for its copy of htmx, on the pages that look for news
    "django_tables2",
    "rpcportal.kit",
    "partnerships",
    "planning",
    "pledges",
    "practice",
    "rpcportal",
]

MIDDLEWARE = [
    "rpcportal.request_log.written_down",  # around everything; asks no database
    "rpcportal.kit.restarts.RepeatSafeRequests",  # first of all that ask the database
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # its random padding hides lengths (BREACH)
    "csp.middleware.CSPMiddleware",
    "rpcportal.middleware.never_cached",
    "rpcportal.health.answered_first",  # needs no session; a load balancer knows no host name
    "rpcportal.middleware.only_utf8",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "partnerships.middleware.SignInFirst",
    "partnerships.middleware.SecondFactorFirst",
    "partnerships.middleware.WhoChangedIt",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["rpcportal.kit.templatetags.govuk"],
        },
    }
]

# --- Database ------------------------------------------------------------------------------


def database(url, **settings):
    """Django's settings for the database at an address, who signs in and where at the top."""
    parsed = dj_database_url.parse(url, **settings)
    options = parsed.setdefault("OPTIONS", {})
    said = {part: str(options.pop(part.lower(), "")) for part in ("USER", "HOST", "PORT")}
    return parsed | {part: value for part, value in said.items() if value}


EMBEDDED_DATABASE = not os.environ.get("DATABASE_URL")
DATABASES = {
    "default": {
        **database(
            os.environ.get("DATABASE_URL") or embedded.database_url(DATA_DIR, embedded.PORTAL_USER),
            engine="rpcportal.kit.postgres",
            conn_max_age=60,
            conn_health_checks=True,
        ),
        "ATOMIC_REQUESTS": False,  # actions open their own transactions
    }
}
# A server that takes the call and says nothing is away too: without a limit a page, and then
# every thread, would wait for minutes. DATABASE_URL may name another.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)

# Who may change tables: only ``migrate`` uses it (rpcportal/kit/postgres/owner.py).
DATABASE_OWNER = database(
    os.environ.get("RPCPORTAL_OWNER_URL")
    or os.environ.get("DATABASE_URL")
    or embedded.database_url(DATA_DIR)
)

PORTAL_DATABASE_USER = DATABASES["default"]["USER"]
PORTAL_OWNS_DATABASE = DATABASE_OWNER["USER"] == PORTAL_DATABASE_USER

CACHES = {
    # Finished PDFs, by the digest of what they were made from. Only a copy of what can be
    # made again: safe to delete at any time.
    "documents": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "documents",
        "TIMEOUT": 30 * 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
    "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

# --- People --------------------------------------------------------------------------------

AUTH_USER_MODEL = "partnerships.User"
AUTHENTICATION_BACKENDS = ["partnerships.backends.PortalBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Signing in (django-allauth). Nobody signs up: an invitation makes the account.
ACCOUNT_ADAPTER = "partnerships.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = str
ACCOUNT_FORMS = {
    "login": "partnerships.forms.SignInForm",
    "request_login_code": "partnerships.forms.AskForCodeForm",
    "confirm_login_code": "partnerships.forms.CodeForm",
    "reauthenticate": "partnerships.forms.PasswordAgainForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever holds an account has proved the address
ACCOUNT_EMAIL_NOTIFICATIONS = True  # of every change to how somebody signs in
ACCOUNT_PREVENT_ENUMERATION = True  # the same answer whether an account exists or not
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # ours, which names no address for signing up
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # a council's mail may take its time
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = False  # allauth's count in a cache; ours in PostgreSQL (partnerships.limits)
MFA_ADAPTER = "partnerships.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "RPC Portal"
MFA_TOTP_TOLERANCE = 1  # half a minute to either side, for clocks that differ
# Always a finger, a face or a PIN. allauth keeps one question for all its pages, so that the
# answer to a page that asks for less would open the one that asks for more.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_FORMS = {
    "authenticate": "partnerships.forms.SecondStepForm",
    "reauthenticate": "partnerships.forms.SecondStepAgainForm",
    "activate_totp": "partnerships.forms.ActivateAppForm",
    "login_webauthn": "partnerships.passkey_forms.PasskeySignInForm",
    "authenticate_webauthn": "partnerships.passkey_forms.PasskeySecondStepForm",
    "reauthenticate_webauthn": "partnerships.passkey_forms.PasskeyAgainForm",
    "add_webauthn": "partnerships.passkey_forms.AddPasskeyForm",
    "edit_webauthn": "partnerships.passkey_forms.PasskeyNameForm",
}
SOCIALACCOUNT_ADAPTER = "partnerships.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # only by an address that the provider has verified
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5  # seconds, for each call to the provider
UNUSED_MONTHS = number("RPCPORTAL_UNUSED_MONTHS", 24)

OIDC = {
    part: os.environ.get(f"RPCPORTAL_OIDC_{part.upper()}", "").strip()
    for part in ("issuer", "client", "secret", "name")
}
if any(OIDC.values()) and not all(OIDC.values()):
    raise ImproperlyConfigured(
        "For single sign-on, set all of RPCPORTAL_OIDC_ISSUER, RPCPORTAL_OIDC_CLIENT, "
        "RPCPORTAL_OIDC_SECRET and RPCPORTAL_OIDC_NAME, or none of them."
    )
if PRODUCTION and OIDC["issuer"] and not OIDC["issuer"].startswith("https://"):
    raise ImproperlyConfigured("RPCPORTAL_OIDC_ISSUER must begin with https://.")
SINGLE_SIGN_ON = OIDC["name"]

# --- Post ----------------------------------------------------------------------------------

# Mail is written into a table, in the transaction that wants it; ``manage.py post`` sends it.
EMAIL_BACKEND = "partnerships.mail.OutboxBackend"
SMTP_URL = os.environ.get("RPCPORTAL_SMTP", "").strip()
DEFAULT_FROM_EMAIL = os.environ.get("RPCPORTAL_FROM") or "RPC Portal <portal@localhost>"
# Without a mail server, and only then, e-mails are read on a page of the portal. Whoever can
# open that page can sign in as anybody, so it does not exist in production.
DEMO_POST = not PRODUCTION and not SMTP_URL

# --- History -------------------------------------------------------------------------------

PGHISTORY_APPEND_ONLY = True
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_CONTEXT_ID_FIELD = pghistory.ContextUUIDField()
PGHISTORY_ADMIN_ALL_EVENTS = False

# --- Language and time ---------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "rpcportal.formats"

# --- Files ---------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "rpcportal.kit.static_files.StaticFiles"},
}

# A whole workshop's text may be pasted into one box, and a paste of 10 MB must come back
# with a sentence beside its field rather than as an error page without the text.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- Trust ---------------------------------------------------------------------------------

ALLOWED_HOSTS = HOSTS or ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HOSTS]
CSRF_FAILURE_VIEW = "rpcportal.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
# A day, whatever the person does. Above 20 hours no warning is due before the end (WCAG 2.2.1).
SESSION_COOKIE_AGE = 24 * 3600
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrf"
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/(live|ready)$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
# Not for subdomains and no preload list: that would bind a council's other services.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        # The browser follows the form that begins single sign-on to the council's own page.
        "form-action": [SELF, *([origin_of(OIDC["issuer"])] if SINGLE_SIGN_ON else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- Forms and tables ----------------------------------------------------------------------

# In the session: a message may hold an address, and a cookie of its own would show it.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["govuk"]
CRISPY_TEMPLATE_PACK = "govuk"
DJANGO_TABLES2_TEMPLATE = "components/table.html"

# --- Logs ----------------------------------------------------------------------------------

LOGGING = logs.configuration(os.environ.get("RPCPORTAL_LOG") or ("json" if PRODUCTION else "text"))
