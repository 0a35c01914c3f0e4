"""Django's settings: what all installations have in common, and what the environment says of this one."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from baocao_web.environment import read
from baocao_web.people.identities import providers
from baocao_web.running.channels import channels, mail_settings
from baocao_web.running.schedule import reminders

_environment = read()
_here = Path(__file__).parent

SECRET_KEY = _environment.secret()
FORMER_KEYS = _environment.former_secrets()  # they open what was kept under them; sessions signed with them are over
DEBUG = False
ALLOWED_HOSTS = _environment.listed("HOSTS", "localhost,127.0.0.1")
_is_https = _environment.is_on("HTTPS", default=True)

FOLDER = _environment.folder()
DATABASES = {"default": _environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# the office: the unit whose subtree it looks after, its own units, changes and indicators
OFFICE_UNIT = _environment.words("UNIT")
OFFICE_UNITS = _environment.words("UNITS")
OFFICE_CHANGES = _environment.words("CHANGES")
OFFICE_CATALOGUE = _environment.listed("CATALOGUE")
OFFICE_DAYS = _environment.words("DAYS")
OFFICE_CUT_OFF = _environment.choice("CUT_OFF", "calendar", "decree_09")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "baocao_web.people",
    "baocao_web.places",
    "baocao_web.figures",
    "baocao_web.collecting",
    "baocao_web.plans",
    "baocao_web.tasks",
    "baocao_web.documents",
    "baocao_web.running",
    "ninja",  # for the files of its reading page
    "baocao_web.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "baocao_web.people.guarding.ContentSecurity",
    "baocao_web.api.guarding.Calls",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # a page is closed unless it says otherwise
    "allauth.account.middleware.AccountMiddleware",
    "baocao_web.people.guarding.Refusals",
    "baocao_web.people.guarding.Signs",
    "baocao_web.people.guarding.OwnPassword",
]

ROOT_URLCONF = "baocao_web.urls"
WSGI_APPLICATION = "baocao_web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [_here / "jinja2"],
        "OPTIONS": {"environment": "baocao_web.pages.environment", "autoescape": True},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["baocao_web.people.backends.Accounts"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "baocao_web.people.adapters.Accounts"
SOCIALACCOUNT_ADAPTER = "baocao_web.people.adapters.Providers"
SOCIALACCOUNT_PROVIDERS = providers(_environment)
MFA_ADAPTER = "baocao_web.people.adapters.Factors"
ACCOUNT_USER_DISPLAY = str
ACCOUNT_EMAIL_VERIFICATION = "none"  # administrators enter the addresses
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "5/5m/key"}  # of codes; an office stands behind one address
SIGN_IN_RATES = {  # wrong passwords at one account, as ``people.lock_out`` counts them
    "known": "5/5m/key",
    "address": "5/5m/key,20/h/key,100/5m/ip",
    "strangers": "100/h/key",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "baocao"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _is_https  # browsers themselves allow it on localhost alone
ALLAUTH_TRUSTED_PROXY_COUNT = int(_environment.is_on("BEHIND_PROXY", default=False))
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

SESSION_ENGINE = "baocao_web.people.sessions"
SESSION_COOKIE_AGE = _environment.number("SESSION_HOURS", 10) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _is_https
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_TRUSTED_ORIGINS = _environment.listed("ORIGINS")
SECURE_SSL_REDIRECT = _is_https
SECURE_REDIRECT_EXEMPT = [r"^alive$", r"^ready$"]  # asked by a supervisor on the same machine
SECURE_HSTS_SECONDS = 31_536_000 if _is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _is_https
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if _environment.is_on("BEHIND_PROXY", default=False) else None
)
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6_000  # as many cells as one save takes may be ticked on a page
API_CALLS = _environment.number("API_CALLS", 600)  # of one token in a minute

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LOCALE_PATHS = [_here / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = None  # the few files are served from where they stand: nothing is to be gathered
STATICFILES_DIRS = [_here / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# what the clock tells people by itself
REMINDERS = reminders(_environment)
CHANNELS = channels(_environment)
globals().update(mail_settings(_environment))

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "baocao_web.people.logging.Lines"}},
    "handlers": {"errors": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["errors"], "level": _environment.words("LOG_LEVEL", "INFO")},
}
