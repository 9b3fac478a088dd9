"""``lms witness``: a second party looks whether someone's log only grows, and signs that."""

import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import click

from lms.cli.talk import Refusal, answer, json_option, now, say
from lms.domain.checkpoints import Checkpoint
from lms.domain.notes import COSIGNATURE, ED25519, BrokenNote, Note, NoteKey, cosign
from lms.formats import last_signed, seals, witnessing

_PATIENCE_SECONDS = 20
_MOST_BYTES = 100_000
_OUR_NAME, _LOG_KEY = "witness-key.txt", "log-key.txt"


@click.command()
@click.option("--log", "address", required=True, help="Where the log is: https://…/log")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="A folder of your own, one for each log you watch.",
)
@click.option("--name", help="Your name as a witness, such as board.example.org; the first time.")
@click.option("--log-key", help="The line of the log's key, if you had it from elsewhere.")
@json_option
def witness(address: str, data: Path, name: str | None, log_key: str | None, as_json: bool) -> None:
    """Look once whether a log only grew since you last looked; if so, sign that and send it.

    Run it each day, on a machine and with a key that are not the school's. It keeps the last
    checkpoint. If the log took anything back it raises an alarm, signs nothing, keeps what it
    was shown, and ends with 1.

    \b
    lms witness --log https://school.example.org/log --data watch --name board.example.org
    lms witness --log https://school.example.org/log --data watch
    """
    if urlsplit(address).scheme not in {"http", "https"}:
        raise Refusal(f"{address} is no address of a log. It looks like https://…/log")
    base = address.rstrip("/")
    try:
        mine = _my_key(data, name)
        theirs = _log_key(data, log_key, base)
        note = last_signed.read(data)
        before = Checkpoint.of(note) if note else None
        found = witnessing.look(lambda place: _get(f"{base}/{place}"), theirs, before, seals.holds)
    except witnessing.Alarm as alarm:
        raise Refusal(f"ALARM: {alarm} Nothing was signed. {_evidence(data, alarm)}") from alarm
    except BrokenNote as stop:
        raise Refusal(str(stop)) from stop
    # First remember, then tell: what we signed once we never forget.
    last_signed.keep(data, found.note)
    moment = int(now().timestamp())
    sign = lambda message: seals.signature_by(data, seals.WITNESS, message)  # noqa: E731
    signed = Note(found.note.text, (cosign(found.note.text, mine, sign, moment),))
    sent = _post(f"{base}/cosignatures", str(signed).encode())
    value = {
        "log": theirs.name,
        "size": found.checkpoint.size,
        "grew": found.grew,
        "sent": not sent,
    }
    lines = [f"{theirs.name} only grew: {found.checkpoint.size} entries, {found.grew} of them new."]
    answer(value | {"key": str(mine), "answer": sent}, as_json, lines)
    if sent:
        raise Refusal(f"Signed, but the log did not take it: {sent} Give the school: {mine}")


def _my_key(data: Path, name: str | None) -> NoteKey:
    """Our key, made the first time. Raises Refusal or BrokenNote."""
    path = data / _OUR_NAME
    if path.is_file():
        return NoteKey.read(path.read_text(encoding="utf-8"))
    if not name or "+" in name or len(name.split()) != 1:
        raise Refusal("Say who you are the first time, in one word: --name board.example.org")
    seals.make(data, seals.WITNESS)
    key = NoteKey(name, COSIGNATURE, seals.public_bytes(data, seals.WITNESS))
    path.write_text(f"{key}\n", encoding="utf-8")
    say(f"Your key is made; keep a copy of {data}. Give the school this line, for lms log trust:")
    say(str(key))
    return key


def _log_key(data: Path, given: str | None, base: str) -> NoteKey:
    """The log's key as it was the first time; another one is never taken silently."""
    path = data / _LOG_KEY
    known = path.read_text(encoding="utf-8") if path.is_file() else ""
    if not known:
        known = given or _get(f"{base}/key").decode("utf-8", "replace").partition("\n")[0]
    key = NoteKey.read(known)
    if key.kind != ED25519:
        raise BrokenNote("This is not the key of a log.")
    if not path.is_file():
        say(f"Taken as the key of the log from now on: {key}")
    if given and NoteKey.read(given) != key:
        raise Refusal(f"{path} holds another key of the log. If it was changed for good, edit it.")
    path.write_text(f"{key}\n", encoding="utf-8")
    return key


def _evidence(data: Path, alarm: witnessing.Alarm) -> str:
    path = data / "log" / f"alarm-{now():%Y%m%dT%H%M%SZ}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(str(alarm.note), encoding="utf-8")
    return f"What the log showed is kept in {path}, beside the checkpoint you knew."


def _get(address: str) -> bytes:
    """A file of the log. Raises Refusal."""
    try:
        with urllib.request.urlopen(address, timeout=_PATIENCE_SECONDS) as held:  # noqa: S310
            return bytes(held.read(_MOST_BYTES))
    except (OSError, ValueError) as fault:
        raise Refusal(f"{address} cannot be read ({fault}). Nothing was signed.") from fault


def _post(address: str, body: bytes) -> str:
    """Send our signature; what the log answered when it did not take it."""
    request = urllib.request.Request(address, body, {"Content-Type": "text/plain"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE_SECONDS):  # noqa: S310
            return ""
    except urllib.error.HTTPError as fault:
        with fault:
            return f"{fault.code}: {fault.read(500).decode('utf-8', 'replace').strip()}"
    except OSError as fault:
        return f"it cannot be reached ({fault})."
