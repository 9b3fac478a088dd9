"""``lms doctor``: is everything as it should be, and what to do where it is not."""

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from lms.cli import db
from lms.cli.shop import Shop, open_shop
from lms.cli.talk import Refusal, answer, data_option, json_option, now
from lms.formats import key_ring, looks, pades, papers, seals
from lms.jobs import translog
from lms.records import log_publishing, log_tree
from lms.records.shelf import NothingPublished

_FREE_BYTES = 500_000_000
_SOON_DAYS = 60
Line = tuple[str, str, str]
"""Name, state ("ok", "warning" or "fault"), and why it matters with the way to mend it."""


@click.command()
@data_option
@json_option
def doctor(data: Path, as_json: bool) -> None:
    """Check the installation: each line says the state and, where something is off, the remedy.

    \b
    lms doctor
    lms doctor --json
    """
    lines = list(_all_lines(open_shop(data)))
    plain = [dict(zip(("check", "state", "words"), line, strict=True)) for line in lines]
    answer(plain, as_json, [f"{state:8}{name}: {words}" for name, state, words in lines])
    if any(state == "fault" for _name, state, _words in lines):
        raise click.exceptions.Exit(1)


def _all_lines(shop: Shop) -> Iterator[Line]:
    checks: tuple[Callable[[Shop], Line], ...] = (
        _python,
        _folder,
        _space,
        _database,
        _durability,
        _content,
        _papers,
        _look,
        _key,
        _credentials,
        _copied,
        _pdf_key,
        _log,
        _mail,
        _address,
    )
    for check in checks:
        try:
            yield check(shop)
        except DBAPIError as fault:
            yield check.__name__.strip("_"), "fault", f"The database refused: {fault.orig}"


def _python(_shop: Shop) -> Line:
    return "python", "ok", sys.version.split()[0]


def _folder(shop: Shop) -> Line:
    path = shop.settings.data / "settings.env"
    if path.exists() and path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        words = f"Others on this machine can read the secret. Run: chmod 600 {path}"
        return "data folder", "fault", words
    if not os.access(shop.settings.data, os.W_OK):
        words = (
            f"{shop.settings.data} cannot be written, so nothing is saved. Give its owner rights."
        )
        return "data folder", "fault", words
    return "data folder", "ok", str(shop.settings.data)


def _space(shop: Shop) -> Line:
    free = shutil.disk_usage(shop.settings.data).free
    if free < _FREE_BYTES:
        return "free space", "warning", f"{free // 1_000_000} MB are left. Make room."
    return "free space", "ok", f"{free // 1_000_000_000} GB"


def _database(shop: Shop) -> Line:
    try:
        db.refuse_unless_current(shop.database)
    except Refusal as fault:
        return "database", "fault", str(fault)
    return "database", "ok", shop.database.engine.dialect.name


def _durability(shop: Shop) -> Line:
    with shop.database.engine.connect() as connection:
        if shop.database.is_sqlite:
            mode = connection.execute(text("PRAGMA journal_mode")).scalar()
            level = connection.execute(text("PRAGMA synchronous")).scalar()
            good = mode == "wal" and level == 2
            said = f"journal {mode}, synchronous {level}"
        else:
            values = [
                connection.execute(text(f"SHOW {name}")).scalar()
                for name in ("fsync", "full_page_writes", "synchronous_commit")
            ]
            good, said = all(value == "on" for value in values), "fsync and commits are on"
    if good:
        return "durability", "ok", said
    return "durability", "fault", "A power cut could lose saved work. Turn fsync and commits on."


def _content(shop: Shop) -> Line:
    try:
        library = shop.shelf.current()
    except NothingPublished as fault:
        return "content", "fault", str(fault)
    return "content", "ok", f"{len(library.modules)} modules, {len(library.programs)} programs"


def _papers(_shop: Shop) -> Line:
    fault = papers.ready()
    return ("papers", "fault", fault) if fault else ("papers", "ok", "PDF can be printed")


def _look(shop: Shop) -> Line:
    try:
        found = looks.look_of(shop.settings.data)
    except looks.NoLook as stop:
        return "look", "fault", f"{stop} Papers wait until then."
    words = "ours" if found is looks.OURS else f"{found.template}; see: lms look check"
    return "look", "ok", words


def _key(shop: Shop) -> Line:
    return _key_of(shop, seals.SHEETS, "key of sheets", "sign sheets")


def _credentials(shop: Shop) -> Line:
    return _key_of(shop, seals.CREDENTIALS, "key of credentials", "sign certificates")


def _copied(shop: Shop) -> Line:
    """A lost key cannot be made again, so the age of its copy is worth a line."""
    folder = shop.settings.data / "keys"
    if folder.exists() and folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return "keys", "fault", f"Others on this machine can open {folder}. Run: chmod 700 {folder}"
    at = key_ring.copied_at(shop.settings.data)
    if at is None or at < key_ring.newest_change(shop.settings.data):
        words = f"There are keys nobody copied away yet. Copy {folder}, then: lms keys copied"
        return "keys", "warning", words
    return "keys", "ok", f"copied away {(now() - at).days} days ago"


def _pdf_key(shop: Shop) -> Line:
    if not pades.is_on(shop.settings.data):
        return "key of PDFs", "ok", "none: papers carry no signature of their own (lms keys pdf)"
    try:
        days = (pades.ends(shop.settings.data, shop.settings.pdf_key_password) - now()).days
    except seals.NoKey as fault:
        return "key of PDFs", "fault", str(fault)
    if days < _SOON_DAYS:
        words = f"Its certificate ends in {days} days. Move it away and run: lms keys pdf"
        return "key of PDFs", "warning", words
    return "key of PDFs", "ok", f"its certificate holds {days} days more"


def _key_of(shop: Shop, purpose: str, name: str, deed: str) -> Line:
    path = seals.place(shop.settings.data, purpose)
    try:
        public = seals.public_id(shop.settings.data, purpose)
    except seals.NoKey as fault:
        return name, "fault", str(fault)
    if path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        words = f"Others on this machine can {deed} in your name. Run: chmod 600 {path}"
        return name, "fault", words
    days = (now() - datetime.fromtimestamp(path.stat().st_mtime, UTC)).days
    return name, "ok", f"{public}, {days} days old; keep a copy of {path.parent}"


def _log(shop: Shop) -> Line:
    name, state, words = _key_of(shop, seals.LOG, "public log", "sign the public log")
    if state != "ok":
        return name, state, words
    try:
        with shop.database.reading() as session:
            known = translog.beside_the_key(shop.settings)
            log_publishing.refuse_unless_grown(session, [known] if known else [])
            newest = log_tree.newest(session)
            waiting = log_tree.size(session) - (newest.size if newest else 0)
    except log_publishing.Stale as fault:
        return name, "fault", str(fault)
    if waiting:
        words = f"{waiting} entries wait to be signed. Is lms serve running? Or: lms log checkpoint"
        return name, "warning", words
    return name, "ok", f"{newest.size if newest else 0} entries, all signed; key {words}"


def _mail(shop: Shop) -> Line:
    if shop.settings.smtp_url or shop.settings.demo:
        return "mail", "ok", "demo: letters are shown" if shop.settings.demo else "server is set"
    words = "No letters go out, and nobody can reset a password. Set LMS_SMTP_URL."
    return "mail", "warning", words


def _address(shop: Shop) -> Line:
    if shop.settings.is_https:
        return "address", "ok", shop.settings.base_url
    words = f"{shop.settings.base_url} is for this machine only. Use https for other people."
    return "address", "warning", words
