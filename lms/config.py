"""Settings: LMS_* from the environment, over ``settings.env`` in the data folder."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lms.domain.certificate import Provider

_SECRET_LENGTH = 32
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

    @property
    def is_https(self) -> bool:
        """True when cookies may be marked Secure and carry the ``__Host-`` prefix."""
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        """The host (and port) that people reach us under."""
        return urlsplit(self.base_url).netloc


def settings_file(data: Path) -> dict[str, str]:
    """The LMS_* lines of ``settings.env``; other lines and comments are passed over."""
    path = data / "settings.env"
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line.startswith("LMS_"))
    return {name.strip(): value.strip().strip('"') for name, _, value in pairs}


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
            approvals=tuple(a.strip() for a in get("LMS_APPROVALS", "").split(";") if a.strip()),
        ),
        timezone=_timezone(get("LMS_TIMEZONE", "UTC")),
        open_sign_up=get("LMS_OPEN_SIGN_UP", "0") == "1",
        smtp_url=get("LMS_SMTP_URL", ""),
        mail_from=get("LMS_MAIL_FROM", ""),
        demo=get("LMS_DEMO", "0") == "1",
        log_level=get("LMS_LOG_LEVEL", "INFO"),
    )


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


def _base_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SettingsFault(
            "LMS_BASE_URL is missing or is not an address. Links in mail and on certificates are "
            "made from it. Set it, for example: LMS_BASE_URL=https://training.example.org"
        )
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


def make_folder(data: Path, values: Mapping[str, str]) -> None:
    """Make the data folder with a fresh secret, readable by its owner only. Keeps what is there."""
    data.mkdir(parents=True, exist_ok=True)
    path = data / "settings.env"
    kept = {"LMS_SECRET": secrets.token_urlsafe(48), **values, **settings_file(data)}
    text = "".join(f"{name}={value}\n" for name, value in sorted(kept.items()))
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(text, encoding="utf-8")
