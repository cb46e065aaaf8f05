"""Settings, all of them from the environment; what is missing fails loud.

A real installation sets them itself (the README lists them), and does not start without. That it is
none, the runner has to say: it names a file with keys (``KKMP_ENV_FILE``) and ``KKMP_DEVELOPMENT``.
"""

import base64
import hashlib
import hmac
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from kkmp.lib import log_lines, real_installation

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
#: Said before the file is read: no file makes a real installation into another one.
DEVELOPMENT = env.bool(real_installation.DEVELOPMENT, default=False)
if "KKMP_ENV_FILE" in env.ENVIRON:
    env.read_env(env.str("KKMP_ENV_FILE"))
if not DEVELOPMENT:
    real_installation.insist(env.ENVIRON, BASE_DIR)

# --- Secrets -----------------------------------------------------------------------------

SECRET_KEY = env("SECRET_KEY")
#: Fernet keys for identity numbers, newest first; older ones only decrypt.
NIK_ENCRYPTION_KEYS = env.list("NIK_ENCRYPTION_KEYS")
#: Key of the hash that makes an identity number unique within a cooperative.
NIK_HASH_KEY = env("NIK_HASH_KEY")

# --- Where it runs -----------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
#: True behind TLS (every real installation); False only for http on this machine.
SECURE = env.bool("SECURE", default=True)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

# --- Database ----------------------------------------------------------------------------
# DATABASE_URL names the owner, who migrates. The application connects as another role that
# owns nothing and is bound by row-level security; `migrate` makes it. Where the web server
# must not know the owner's password, give it APP_DATABASE_URL instead.


def _app_role_password(name: str) -> str:
    digest = hmac.new(SECRET_KEY.encode(), f"database role {name}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest.digest()).decode()


def _application_database() -> dict[str, Any]:
    if "APP_DATABASE_URL" in env.ENVIRON:
        application: dict[str, Any] = env.db_url("APP_DATABASE_URL")
        return application
    owner: dict[str, Any] = env.db_url("DATABASE_URL")
    role = f"{owner['NAME']}_app"
    return owner | {"USER": role, "PASSWORD": _app_role_password(role)}


DATABASES = {
    "default": _application_database()
    | {
        "ENGINE": "kkmp.lib.postgresql",
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=600),
        "CONN_HEALTH_CHECKS": True,
    }
}
# The server binds the values: a statement that it writes into its log has none in it.
DATABASES["default"]["OPTIONS"] = {
    **DATABASES["default"].get("OPTIONS", {}),
    "server_side_binding": True,
}
#: Whom `migrate` connects as; None where only APP_DATABASE_URL is given.
OWNER_DATABASE = env.db_url("DATABASE_URL") if "DATABASE_URL" in env.ENVIRON else None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Applications ------------------------------------------------------------------------

INSTALLED_APPS = [
    "kkmp.lib",
    "kkmp.registry",
    "kkmp.tasks",
    "kkmp.access",
    "finance",
    "kkmp.imports",
    "kkmp.exports",
    "members",
    "shops",
    "kkmp.city",
    "kkmp.demo",
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "kkmp.access.administration.apps.Administration",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django_htmx",
    "django_filters",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "kkmp.lib.request_id.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kkmp.lib.response_headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kkmp.lib.page_language.LanguageMiddleware",
    "kkmp.lib.outside.BoundsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "kkmp.lib.unicode_form.ComposedMiddleware",
    "kkmp.access.arrivals.ArrivalMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kkmp.access.sessions.ActivityMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kkmp.lib.compressing.CompressingMiddleware",
    "kkmp.lib.glosses.GlossesMiddleware",
    "kkmp.access.drafts.TypedMiddleware",
    "kkmp.access.page_owner.OpenedForMiddleware",
    "kkmp.lib.unavailable.UnavailableMiddleware",
]

ROOT_URLCONF = "kkmp.urls"
WSGI_APPLICATION = "kkmp.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kkmp.access.context.shell",
            ],
            "builtins": [
                "kkmp.lib.templatetags.formats",
                "kkmp.lib.templatetags.icons",
                "kkmp.lib.templatetags.modules",
                "kkmp.access.templatetags.opened",
            ],
        },
    }
]

# --- People ------------------------------------------------------------------------------

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "name")}),
        ("MinimumLengthValidator", {}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "kkmp.access.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
#: Out of the package's cache strangers push what is counted; ``sign_in_tries`` has a table.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {"change_password": "kkmp.access.sign_in_forms.ChangePassword"}
MFA_FORMS = {
    "authenticate": "kkmp.access.sign_in_forms.Code",
    "reauthenticate": "kkmp.access.sign_in_forms.CodeAgain",
    "authenticate_webauthn": "kkmp.access.sign_in_forms.Passkey",
    "reauthenticate_webauthn": "kkmp.access.sign_in_forms.PasskeyAgain",
    "add_webauthn": "kkmp.access.sign_in_forms.NewPasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "KKMP"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_ADAPTER = "kkmp.access.adapter.SecondFactors"
#: Proxies before the server, each of which adds to X-Forwarded-For. Without it, everybody behind
#: the proxy would share one address, and one person's wrong passwords would shut all of them out.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1 if SECURE else 0)
#: Its table opens nothing to whoever reads it.
SESSION_ENGINE = "kkmp.access.session_store"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

#: A file that the backup touches when it has ended well; the administration tells its age.
BACKUP_STAMP = env.str("BACKUP_STAMP", default="")

# --- Administration ----------------------------------------------------------------------

UNFOLD = {
    "SITE_TITLE": _("Administration of KKMP"),
    "SITE_HEADER": _("Administration"),
    "SITE_SUBHEADER": "kkmp.access.administration.appearance.place",
    "SITE_ICON": "kkmp.access.administration.appearance.logo",
    "SITE_FAVICONS": [
        {
            "rel": "icon",
            "type": "image/svg+xml",
            "href": "kkmp.access.administration.appearance.favicon",
        }
    ],
    "SITE_URL": None,
    "SHOW_LANGUAGES": True,
    "SHOW_VIEW_ON_SITE": False,
    "STYLES": ["kkmp.access.administration.appearance.styles"],
    "ACCOUNT": {"navigation": "kkmp.access.administration.appearance.account"},
    "SIDEBAR": {
        "navigation": "kkmp.access.administration.appearance.navigation",
        "show_search": True,
        "command_search": True,
    },
    "COMMAND": {"search_callback": "kkmp.access.administration.finding.find"},
    "DASHBOARD_CALLBACK": "kkmp.access.administration.appearance.dashboard",
}

# --- Language, money and time ------------------------------------------------------------

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "kkmp" / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
FORMAT_MODULE_PATH = "kkmp.lib.locale_formats"

# --- Files -------------------------------------------------------------------------------

NODE_MODULES = BASE_DIR / "kkmp" / "frontend" / "node_modules"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "kkmp" / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "kkmp.lib.modules.BehaviourFinder",
    "kkmp.lib.vendor.VendorFinder",
]
STORAGES = {
    # Of people: nobody reads them but the user that the server runs as. Static files are for all.
    "default": {"BACKEND": "kkmp.lib.private_files.PrivateStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "kkmp.lib.vendor.ModuleStorage"
    },
}
WHITENOISE_MANIFEST_STRICT = False
#: What whitenoise leaves out by itself, and source maps, which only developers open.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [
    "jpg", "jpeg", "png", "gif", "webp", "zip", "gz", "tgz", "bz2",
    "tbz", "xz", "br", "swf", "flv", "woff", "woff2", "map",
]  # fmt: skip
MEDIA_ROOT = VAR_DIR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- Security headers --------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kkmp.access.page_owner.unfit_token"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
#: Whether browsers know a domain before the first visit is for its owner to ask for.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF], "script-src": [SELF], "style-src": [SELF], "font-src": [SELF],
        "img-src": [SELF, "data:"], "connect-src": [SELF], "object-src": [NONE],
        "base-uri": [NONE], "form-action": [SELF], "frame-ancestors": [NONE],
    }
}  # fmt: skip
#: The administration's theme evaluates attributes (Alpine.js); its pages alone allow that.
ADMIN_CONTENT_SECURITY_POLICY = CONTENT_SECURITY_POLICY["DIRECTIVES"] | {
    "script-src": [SELF, "'unsafe-eval'"],
}

# --- Cache: shared by the processes; nothing in it may be missed by a wall -------------------

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# --- Background work: a table of the same database -----------------------------------------

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.backend.DatabaseBackend",
        "OPTIONS": {"id_function": "kkmp.lib.ids.new_id"},
    }
}

# --- API ---------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "kkmp.access.api.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["kkmp.access.api.HasPermission"],
    "DEFAULT_PAGINATION_CLASS": "kkmp.lib.api.CursorPagination",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PARSER_CLASSES": [
        "kkmp.lib.parsers.JSONParser",
        "kkmp.lib.parsers.FormParser",
        "kkmp.lib.parsers.MultiPartParser",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "kkmp.lib.api_description.Description",
    "DEFAULT_METADATA_CLASS": "kkmp.lib.api_options.Methods",
    "EXCEPTION_HANDLER": "kkmp.lib.api.exception_handler",
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    # One name wherever a tier of prices stands; reasons for what, where a field says no more.
    "ENUM_NAME_OVERRIDES": {
        "PriceTierEnum": "shops.pricing.terms.PriceTier",
        "ExitReasonEnum": "members.leaving.models.ExitReason",
        "CashReasonEnum": "shops.drawers.models.CashReason",
        "PaidAsEnum": "shops.payments.models.PaidAs",
        "MethodEnum": "shops.pricing.methods.Method",
        "PaidByEnum": "members.savings.models.PaidBy",
    },
    "PATH_CONVERTER_OVERRIDES": {"year": int, "month": int},
    "TITLE": "KKMP API",
    "DESCRIPTION": "The same rules, permissions and services as the pages.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # A link to each operation would lie inside the button that opens it, which no screen reader
    # can tell apart.
    "SWAGGER_UI_SETTINGS": {"deepLinking": False},
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
}

# --- Logging -------------------------------------------------------------------------------

LOGGING = log_lines.configuration(env("LOG_LEVEL", default="WARNING"))
