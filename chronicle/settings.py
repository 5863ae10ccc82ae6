"""Settings of the project: one file, and production is the default.

Every variable that is read here is explained in the README, under "Settings".
"""

from pathlib import Path
from typing import Any

from chronicle.env import Environment

env = Environment()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

DEVELOPMENT = env.flag("CHRONICLE_DEVELOPMENT")
# "site" serves the record and nothing else: no desk, no accounts, no sessions, and a database role
# that may only SELECT the record's tables is enough.
ROLE = env.choice("CHRONICLE_ROLE", choices=("all", "site"), default="all")
DESK = ROLE == "all"

# Asked for on top of development: its error pages show the source, and hide how the site's own look.
DEBUG = DEVELOPMENT and env.flag("CHRONICLE_DEBUG")
SECRET_KEY = env.secret(
    "CHRONICLE_SECRET_KEY", default="development-only-" + "not-a-secret-" * 4 if DEVELOPMENT else ""
)
ALLOWED_HOSTS = env.names(
    "CHRONICLE_ALLOWED_HOSTS",
    default=["localhost", "127.0.0.1", "[::1]", "testserver"] if DEVELOPMENT else [],
    needed="Set it to the host names that this site answers to, parted by commas: chronicle.example.",
)
CSRF_TRUSTED_ORIGINS = env.names("CHRONICLE_TRUSTED_ORIGINS", default=[])

# The domain under which chronicles are known in their checkpoints. It is fixed for each when it is opened.
CHRONICLE_ORIGIN = env.text("CHRONICLE_ORIGIN", default=ALLOWED_HOSTS[0].strip("*.[]") or "localhost")
# The Ed25519 key that signs checkpoints; without it they are unsigned.
CHRONICLE_LOG_KEY = env.seed("CHRONICLE_LOG_KEY")
# The key of the fingerprints that decisions keep of words; change it, and old ones no longer match.
DESK_KEY = env.secret("CHRONICLE_DESK_KEY", default=SECRET_KEY)

# Another host that serves the public ones: an origin, or empty where this one does.
CHRONICLE_MEDIA_HOST = env.origin("CHRONICLE_MEDIA_HOST")

INSTALLED_APPS = [
    "chronicle",
    "django_filters",
    "django_htmx",
    "django.contrib.staticfiles",
    # Its templates of forms, where ours say nothing else.
    "django.forms",
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "chronicle.site.caching.CachingMiddleware",
    "chronicle.site.caching.CompressionMiddleware",
    "chronicle.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
CONTEXT_PROCESSORS = ["django.template.context_processors.request"]

if DESK:
    INSTALLED_APPS = [
        "events",
        "media",
        "events.apps.DeskConfig",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.humanize",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django_prose_editor",
        "allauth",
        "allauth.account",
        "allauth.mfa",
        *INSTALLED_APPS,
    ]
    MIDDLEWARE += [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        # Gives what allauth has for passkeys the request that it asks for.
        "allauth.account.middleware.AccountMiddleware",
    ]
    AUTHENTICATION_BACKENDS = ["events.permitting.OneQuestion"]
    CONTEXT_PROCESSORS += [
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]

# W005 and W021 ask for HSTS on every subdomain and for the list that browsers ship with. Either binds names
# that this site knows nothing of, and is hard to take back: whoever owns the domain says so, below.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if not DESK:
    # No page takes a POST, and no session could be forged: there is nothing for CSRF to guard.
    SILENCED_SYSTEM_CHECKS += ["security.W003"]

# What /health/ready asks, in order; the record knows of the desk's by name alone.
HEALTH_CHECKS = ["chronicle.site.health.database", "chronicle.site.health.migrations"]
if DESK:
    HEALTH_CHECKS += ["events.editorial.working.worker"]

ROOT_URLCONF = "chronicle.urls"
WSGI_APPLICATION = "chronicle.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    }
]

KEPT_PAGES = env.number("CHRONICLE_KEPT_PAGES", default=256)
LOCAL = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    # Django wants one of this name; nothing of ours is in it.
    "default": {"BACKEND": LOCAL},
    # Whole pages, by their tag.
    "pages": {
        "BACKEND": LOCAL if KEPT_PAGES else "django.core.cache.backends.dummy.DummyCache",
        "LOCATION": "pages",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": KEPT_PAGES},
    },
}


DEMO_DATABASE = "demo.sqlite3"
"""The file in ``VAR_DIR`` that the demo builds in, and that development works on."""


SQLITE = "django.db.backends.sqlite3"
PATIENCE = {"lock": 15_000, "statement": 20_000, "idle_in_transaction_session": 60_000}
"""Milliseconds that a server of PostgreSQL waits, for each of its timeouts."""


def database() -> dict[str, Any]:
    """The database, with what keeps the record safe on each kind of server."""
    # A demo, which may be deleted and built anew, never shares a file with a chronicle that is somebody's.
    name = DEMO_DATABASE if DEVELOPMENT else "chronicle.sqlite3"
    found = env.database("DATABASE_URL", default=f"sqlite:///{VAR_DIR / name}")
    if found["ENGINE"] == SQLITE:
        VAR_DIR.mkdir(exist_ok=True)
        found["ENGINE"] = "chronicle.sqlite"
        # Django's own choice, which programs that run tests beside each other make for its own ENGINE alone.
        found["TEST"] = {"NAME": ":memory:"}
        # To open the file and say all that follows costs more than most questions.
        found["CONN_MAX_AGE"] = 60
        found["OPTIONS"] = {
            # A write takes its lock when it begins, and waits for it, so that nobody is told
            # "database is locked" halfway through.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            # Without recursive_triggers, INSERT OR REPLACE would slip past the triggers that keep editions.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                "PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON;"
            ),
        }
        return found
    found["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
        # To compile a question takes the server seconds, which none of ours saves: it does so where it
        # guesses that a join has millions of rows which has a hundred.
        "options": " ".join(
            ["-c jit=off", *(f"-c {name}_timeout={limit}" for name, limit in PATIENCE.items())]
        ),
    }
    # The pool keeps connections; Django keeping them too would empty it. The health check is what
    # notices a server that went away.
    found["CONN_MAX_AGE"] = 0
    found["CONN_HEALTH_CHECKS"] = True
    return found


DATABASES = {"default": database()}


def media_folder() -> Path:
    """Where uploaded files lie, and the copies made of them; which lies where, says media/storage.py.

    Beside an SQLite database: in a folder of two databases each would sweep away what the other names.
    """
    name = DATABASES["default"]["NAME"]
    is_a_file = DATABASES["default"]["ENGINE"] == "chronicle.sqlite" and name != ":memory:"
    beside = f"{Path(name).with_suffix('')}-media" if is_a_file else "var/media"
    return BASE_DIR / env.text("CHRONICLE_MEDIA", default=beside)


CHRONICLE_MEDIA = str(media_folder())
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en-gb"
FORMAT_MODULE_PATH = ["chronicle.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
# Without collected files, as in development, WhiteNoise finds them in the apps.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEVELOPMENT
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEVELOPMENT
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# A pasted digest over its own limit is answered by the form, in words, rather than by a bare 400.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
# Six fields a row, of 500 sentences that may be cut: a page of an import is one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Without a desk nothing is uploaded.
FILE_UPLOAD_HANDLERS = ["media.receiving.Handler"] if DESK else []

# How many addresses one sitemap holds at most; its protocol allows ten times as many.
SITEMAP_SLICE = 5_000

LOGIN_URL = "admin:login"

# Whoever enters the desk gives a second factor, and sets one up at their first sign-in.
SECOND_FACTOR = env.flag("CHRONICLE_SECOND_FACTOR", default=not DEVELOPMENT)
# Whether the proxy in front ends TLS, and says for whom it asks.
BEHIND_PROXY = env.flag("CHRONICLE_BEHIND_PROXY")
SESSION_ENGINE = "events.signing.sessions"
SESSION_COOKIE_AGE = 60 * 60 * max(1, env.number("CHRONICLE_SESSION_HOURS", default=12))
ACCOUNT_ADAPTER = "events.signing.adapters.NobodySignsUp"
MFA_ADAPTER = "events.signing.adapters.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# A clock may be half a minute wrong.
MFA_TOTP_TOLERANCE = 1
# By default fido2 takes no passkey of http://localhost, where the demo is.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False

# To stderr, in words that tell nobody's; see chronicle/reporting.py.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"report": {"()": "chronicle.reporting.Report"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "report"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # In place of Django's own handlers, which print addresses, and mail whole requests.
        "django": {"handlers": [], "level": "WARNING"},
        # An address that leads nowhere, or a form refused, is an answer and no fault.
        "django.request": {"level": "ERROR"},
        # The development server tells of every answer once more.
        "django.server": {"level": "CRITICAL"},
    },
}

# Content-Security-Policy of every public page; the desk has its own, in events/admin/site.py.
SECURE_CSP = {
    "default-src": ["'none'"],
    # htmx and what an open day asks by, from here, which bring what is here.
    "script-src": ["'self'"],
    "connect-src": ["'self'"],
    "style-src": ["'self'"],
    "font-src": ["'self'"],
    "img-src": ["'self'", *([CHRONICLE_MEDIA_HOST] if CHRONICLE_MEDIA_HOST else [])],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "events.admin.forging.forged" if DESK else "chronicle.site.views.errors.forged"
if not DEVELOPMENT:
    SECURE_SSL_REDIRECT = True
    # Asked from the machine itself, past the proxy that ends TLS; they say nothing that is anybody's.
    SECURE_REDIRECT_EXEMPT = [r"^health/(live|ready)$"]
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("CHRONICLE_HSTS_SUBDOMAINS")
    SECURE_HSTS_PRELOAD = env.flag("CHRONICLE_HSTS_PRELOAD")
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    if BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
