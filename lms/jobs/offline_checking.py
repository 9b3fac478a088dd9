"""Checking a certificate without its school: with what the file carries, and a sealed bundle."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import cattrs

from lms.domain.certificate import Facts
from lms.domain.checkpoints import Checkpoint
from lms.domain.log_entries import EntryKind, LogEntry, NoEntry, commitment
from lms.domain.notes import BrokenNote, NoteKey, read_note
from lms.domain.paper_check import Compared, compare
from lms.domain.sealed_log import Traced, is_signed, trace
from lms.formats import badge, bundle, credentials, did, dropped, printed, seals
from lms.formats.dropped import Dropped
from lms.jobs.sealing_archive import all_entries, is_sealed


class NotProved(ValueError):
    """The file cannot be told to be genuine; the message says why."""


@dataclass(frozen=True, slots=True)
class Offline:
    """What could be found out without the school, as of the day of a bundle."""

    facts: Facts
    as_of: str
    traced: Traced
    compared: Compared
    is_on_list: bool | None
    is_past: bool
    remarks: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """True when it was entered, did not end, and the page says what was entered."""
        is_ended = self.traced.ended is not None or bool(self.is_on_list) or self.is_past
        return not is_ended and self.compared.agrees


def check(held: bytes, made: Mapping[str, bytes], today: date, key: str = "") -> Offline:
    """Check a file with a bundle that :func:`lms.formats.bundle.read` gave.

    ``key`` is the line of the log's key from a source one trusts; without it the bundle's own is
    taken, and that is said. Raises NotProved.
    """
    log_key = _log_key(made, key)
    entries = _signed_entries(made, log_key)
    file = dropped.read(held)
    if file.record is None:
        raise NotProved(
            "The file carries no record: it is no PDF of this school, was printed or saved anew, "
            "or cannot be read. Only the school can check it, by its code."
        )
    entry, facts = _opened(file.record)
    signed = _signed_credential(file, made)
    try:
        traced = trace(entries, entry)
    except NoEntry as stop:
        raise NotProved(f"The log in the bundle is damaged: {stop}") from stop
    about = json.loads(made[bundle.MANIFEST])
    if traced is None:
        raise NotProved(
            f"It is not in the log of {about['made_at']}: issued later, or never by this school."
        )
    phrases = printed.phrases(facts, transcript=printed.is_transcript(file.plain))
    return Offline(
        facts,
        str(about["made_at"]),
        traced,
        compare(phrases, printed.known(facts), file.plain, file.rows),
        _is_on_list(signed, made),
        facts.expires_on is not None and today > date.fromisoformat(facts.expires_on),
        tuple(_remarks(key, signed)),
    )


def _log_key(made: Mapping[str, bytes], given: str) -> NoteKey:
    try:
        key = NoteKey.read(given or made["log/key"].decode().splitlines()[0])
        if not is_sealed(made, key):
            raise NotProved("The bundle was not sealed by the key of this log.")
    except (BrokenNote, LookupError, UnicodeDecodeError) as stop:
        raise NotProved(f"The bundle cannot be trusted: {stop}") from stop
    return key


def _signed_entries(made: Mapping[str, bytes], key: NoteKey) -> list[bytes]:
    try:
        note = read_note(made["log/checkpoint"])
        entries = all_entries(made)
        is_right = note.signed_by(key, seals.holds) and is_signed(entries, Checkpoint.of(note))
    except (BrokenNote, LookupError, ValueError) as stop:
        raise NotProved(f"The log in the bundle is damaged: {stop}") from stop
    if not is_right:
        raise NotProved("The log in the bundle is not the one that was signed.")
    return entries


def _opened(record: bytes) -> tuple[bytes, Facts]:
    """The entry and the facts of a record, if the entry was made from these very facts."""
    try:
        held = json.loads(record)
        entry, body = held["entry"].encode(), held["record"].encode()
        is_its = commitment(bytes.fromhex(held["salt"]), body) == LogEntry.read(entry).commitment
        facts = cattrs.structure(json.loads(body), Facts)
    except (ValueError, LookupError, TypeError, AttributeError, cattrs.BaseValidationError) as stop:
        raise NotProved("The record inside the file is damaged.") from stop
    if not is_its:
        raise NotProved("The record inside the file was changed: it is not what was entered.")
    return entry, facts


def _signed_credential(file: Dropped, made: Mapping[str, bytes]) -> dict[str, Any] | None:
    """The credential of the file, signed by a key of the bundle and naming this very record."""
    if file.credential is None or "did.json" not in made:
        return None
    try:
        publics = did.publics_in(json.loads(made["did.json"]))
        signed = credentials.check(file.credential, publics)
    except (credentials.NotSigned, ValueError) as stop:
        raise NotProved(str(stop)) from stop
    named = [one.get("digestSRI") for one in signed.get("relatedResource", [])]
    if badge.digest_of(file.record or b"") not in named:
        raise NotProved("The credential inside the file speaks of another record.")
    return signed


def _is_on_list(signed: dict[str, Any] | None, made: Mapping[str, bytes]) -> bool | None:
    if signed is None:
        return None
    status = signed["credentialStatus"]
    number = str(status["statusListCredential"]).rpartition("/")[2]
    held = made.get(f"status/revocation/{number}.json")
    if held is None:
        return None
    try:
        publics = did.publics_in(json.loads(made["did.json"]))
        listed = credentials.check(held, publics)
        return credentials.is_set(listed, int(status["statusListIndex"]))
    except (credentials.NotSigned, ValueError) as stop:
        raise NotProved(f"The status list in the bundle does not hold: {stop}") from stop


def _remarks(key: str, signed: dict[str, Any] | None) -> Iterator[str]:
    if not key:
        yield "The key of the log was taken from the bundle itself. Compare it with one you trust."
    if signed is None:
        yield "The file carries no credential, so its signature was not checked; the log was."


def in_words(found: Offline) -> str:
    """How it stands, in a sentence with its day."""
    if found.traced.ended is not None:
        how = "replaced by a newer one" if found.traced.how is EntryKind.REPLACE else "revoked"
        return f"It was {how}: entry {found.traced.ended} of the log."
    if found.is_on_list:
        return f"The status list of {found.as_of} says it must not be relied on."
    if found.is_past:
        return f"It expired on {found.facts.expires_on}."
    return f"It was entered as {found.traced.index} and had not ended by {found.as_of}."
