"""Settings: LMS_* from the environment, over ``settings.env`` in the data folder."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lms.domain import approvals
from lms.domain.approvals import Approval
from lms.domain.certificate import Provider

_SECRET_LENGTH = 32
_LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_KNOWN_BAD = frozenset({"dev", "secret", "changeme", "change-me", "default", "password"})


class SettingsFault(Exception):
    """A setting is missing or wrong; the message names it, says why, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an installation decides."""

    data: Path
    database_url: str
    secret: str
    base_url: str
    provider: Provider
    timezone: ZoneInfo
    open_sign_up: bool
    smtp_url: str
    mail_from: str
    demo: bool
    log_level: str
    daily_online_minutes: int | None = None
    pdf_key_password: str = ""

    @property
    def is_https(self) -> bool:
        """True when cookies may be marked Secure and carry the ``__Host-`` prefix."""
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        """The host (and port) that people reach us under."""
        return urlsplit(self.base_url).netloc


def settings_file(data: Path) -> dict[str, str]:
    """The LMS_* lines of ``settings.env``; other lines and comments are passed over.

    Raises SettingsFault when the file is no text.
    """
    path = data / "settings.env"
    if not path.is_file():
        return {}
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    except UnicodeDecodeError as fault:
        raise SettingsFault(f"{path} is not text in UTF-8. Save it anew as UTF-8.") from fault
    pairs = (line.partition("=") for line in lines if line.startswith("LMS_"))
    return {name.strip(): _unquoted(value.strip()) for name, _, value in pairs}


def _unquoted(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] == '"'
    return value[1:-1] if is_quoted else value


def load(data: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check all settings. Raises SettingsFault."""
    env = os.environ if environ is None else environ
    folder = (data or Path(env.get("LMS_DATA", "instance"))).resolve()
    values = {**settings_file(folder), **{k: v for k, v in env.items() if k.startswith("LMS_")}}
    get = values.get
    return Settings(
        data=folder,
        database_url=get("LMS_DATABASE_URL") or f"sqlite:///{folder / 'peerpath.sqlite'}",
        secret=_secret(get("LMS_SECRET", ""), folder),
        base_url=_base_url(get("LMS_BASE_URL", "")),
        provider=Provider(
            name=get("LMS_PROVIDER_NAME", "Peerpath school"),
            address=get("LMS_PROVIDER_ADDRESS", ""),
            signatory=get("LMS_SIGNATORY", ""),
            signatory_title=get("LMS_SIGNATORY_TITLE", ""),
            approvals=_approvals(get("LMS_APPROVALS", "")),
            neutral_name=get("LMS_PROVIDER_NEUTRAL_NAME", ""),
        ),
        timezone=_timezone(get("LMS_TIMEZONE", "UTC")),
        open_sign_up=get("LMS_OPEN_SIGN_UP", "0") == "1",
        smtp_url=get("LMS_SMTP_URL", ""),
        mail_from=get("LMS_MAIL_FROM", ""),
        demo=get("LMS_DEMO", "0") == "1",
        log_level=_log_level(get("LMS_LOG_LEVEL", "INFO")),
        daily_online_minutes=_daily_online(get("LMS_DAILY_ONLINE_HOURS", "")),
        pdf_key_password=get("LMS_PDF_KEY_PASSWORD", ""),
    )


def _approvals(value: str) -> tuple[Approval, ...]:
    try:
        return tuple(approvals.read(each) for each in value.split(";") if each.strip())
    except ValueError as fault:
        raise SettingsFault(f"LMS_APPROVALS: {fault}") from fault


def _secret(value: str, folder: Path) -> str:
    if not value:
        raise SettingsFault(
            f"There is no secret for {folder}, so sessions could be forged. "
            "Make the folder and its secret with: lms init"
        )
    if len(value) < _SECRET_LENGTH or value.lower() in _KNOWN_BAD or len(set(value)) < 10:
        raise SettingsFault(
            "LMS_SECRET is too short or too simple, so sessions could be guessed. "
            "Take it out of the settings and run: lms init"
        )
    return value


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _base_url(value: str) -> str:
    if not _is_address(value):
        raise SettingsFault(
            "LMS_BASE_URL is missing or is not an address. Links in mail and on certificates are "
            "made from it. Set it, for example: LMS_BASE_URL=https://training.example.org"
        )
    parts = urlsplit(value)
    if parts.scheme == "http" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise SettingsFault(
            f"LMS_BASE_URL is {value}, which is not encrypted. Passwords would travel in the open. "
            "Use an address that begins with https://"
        )
    return value.rstrip("/")


def _timezone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as fault:
        raise SettingsFault(
            f"LMS_TIMEZONE is {name!r}, which is not a known time zone. "
            "Use a name such as America/New_York."
        ) from fault


def _daily_online(hours: str) -> int | None:
    """The provider's limit on online credit in 24 hours, in minutes; unset is no limit."""
    if not hours.strip():
        return None
    if not (hours.strip().isascii() and hours.strip().isdigit() and 1 <= int(hours) <= 24):
        raise SettingsFault(
            f"LMS_DAILY_ONLINE_HOURS is {hours!r}. Use a whole number of hours from 1 to 24, such "
            "as 8, or leave it out for no limit."
        )
    return int(hours) * 60


def _log_level(name: str) -> str:
    if name.upper() not in _LOG_LEVELS:
        raise SettingsFault(
            f"LMS_LOG_LEVEL is {name!r}, which is no level. Use one of {', '.join(_LOG_LEVELS)}."
        )
    return name.upper()


def make_folder(data: Path, values: Mapping[str, str]) -> None:
    """Make the data folder with a fresh secret, readable by its owner only. Keeps what is there.

    Raises SettingsFault before anything is written.
    """
    there = settings_file(data)
    fresh = {"LMS_SECRET": secrets.token_urlsafe(48), **values}
    missing = {name: value.strip() for name, value in sorted(fresh.items()) if name not in there}
    for name, value in missing.items():
        if len(value.splitlines()) > 1:
            raise SettingsFault(f"{name} has more than one line. Write it in one.")
    load(data, missing)
    data.mkdir(parents=True, exist_ok=True)
    path = data / "settings.env"
    path.touch(mode=0o600)
    path.chmod(0o600)
    before = path.read_text(encoding="utf-8")
    gap = "\n" if missing and before and not before.endswith("\n") else ""
    lines = "".join(f"{name}={_quoted(value)}\n" for name, value in missing.items())
    path.write_text(before + gap + lines, encoding="utf-8")


def _quoted(value: str) -> str:
    return f'"{value}"' if value.startswith('"') else value
