"""``lms log``: check the public log, sign it, prove that a certificate is in it."""

from pathlib import Path

import click

from lms.cli.log_words import checked_words
from lms.cli.shop import Shop, open_shop
from lms.cli.talk import Refusal, answer, data_option, json_option, now, say
from lms.domain.certificate import read_code
from lms.domain.checkpoints import PROOF_FILE
from lms.domain.notes import BrokenNote, NoteKey
from lms.formats import openings, seals
from lms.jobs import translog as publishing
from lms.records import certificates, cosigning, log_check, log_publishing, log_tree, translog
from lms.records.log_publishing import Stale


@click.group()
def log() -> None:
    """The public log of certificates."""


@log.command()
@data_option
@json_option
def verify(data: Path, as_json: bool) -> None:
    """Go over the whole log, and name the first entry that is not as it was signed.

    Checks every leaf against its record, every tile, every checkpoint, and that nothing was taken
    back since the last signature. Exit 0 only if all is right.

    \b
    lms log verify
    lms log verify --json
    """
    shop = open_shop(data)
    with shop.database.reading() as session:
        found = log_check.check(session, seals.holds)
        fault = "" if found.bad else _taken_back(shop)
    is_right = not (found.bad or found.unentered or fault)
    value, lines = checked_words(found, fault)
    answer({"right": is_right, **value}, as_json, lines)
    if not is_right:
        raise click.exceptions.Exit(1)


def _taken_back(shop: Shop) -> str:
    try:
        known = publishing.beside_the_key(shop.settings)
        with shop.database.reading() as session:
            log_publishing.refuse_unless_grown(session, [known] if known else [])
    except Stale as stop:
        return str(stop)
    return ""


@log.command()
@click.option("--rebuild", is_flag=True, help="Make all tiles anew from the entries first.")
@data_option
@json_option
def checkpoint(rebuild: bool, data: Path, as_json: bool) -> None:
    """Sign what is not signed yet, and print the newest checkpoint.

    \b
    lms log checkpoint
    lms log checkpoint --rebuild
    lms log checkpoint --json
    """
    shop = open_shop(data)
    if rebuild:
        with shop.database.writing() as session:
            log_publishing.empty(session)
            session.commit()
    try:
        publishing.publish(shop.settings, shop.database, now)
    except (Stale, seals.NoKey) as stop:
        raise Refusal(str(stop)) from stop
    with shop.database.reading() as session:
        newest = log_tree.newest(session)
        if newest is None:
            raise Refusal("The log is empty: no certificate was issued yet.")
        note = log_tree.note_of(session, newest)
        value = {
            "size": newest.size,
            "root": newest.root.hex(),
            "at": newest.at,
            "key": newest.key,
            "witnesses": [name for _row, name in log_tree.cosigned(session, newest.size)],
            "note": str(note),
        }
    answer(value, as_json, [str(note).rstrip("\n")])


@log.command()
@click.argument("code")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"Write the file of proof here, such as certificate{PROOF_FILE}.",
)
@data_option
@json_option
def prove(code: str, out: Path | None, data: Path, as_json: bool) -> None:
    """Prove that a certificate was entered in the log, for someone who checks without us.

    \b
    lms log prove 3F9KQ-… --out certificate.tlog-proof
    python docs/verify.py certificate.tlog-proof log-key.txt
    """
    shop = open_shop(data)
    with shop.database.reading() as session:
        known = read_code(code.strip(" /").rpartition("/")[2])
        found = certificates.look_up(session, known, now(), shop.office) if known else None
        if found is None:
            raise Refusal(f"Not issued by us: {code} is in nobody's record here.")
        opening = translog.opening(session, found.certificate)
        if opening is None:
            raise Refusal("What tied this certificate to the log was deleted. Nothing proves it.")
        extra = openings.pack(opening.entry, opening.salt, opening.record)
        made = log_tree.prove(session, opening.index, extra)
    if made is None:
        raise Refusal(f"Entry {opening.index} is not signed yet. Run: lms log checkpoint")
    value = {"index": made.index, "path": [part.hex() for part in made.path], "file": str(made)}
    if out is not None:
        out.write_text(str(made), encoding="utf-8")
        say(f"Written: {out}")
    else:
        answer(value, as_json, [str(made).rstrip("\n")])


@log.command()
@click.argument("key")
@data_option
def trust(key: str, data: Path) -> None:
    """Take the signatures of a witness from now on: a second party who watches this log.

    The line comes from whoever runs lms witness. Compare it with them by telephone.

    \b
    lms log trust board.example.org+1a2b3c4d+BA…
    """
    shop = open_shop(data)
    try:
        witness = NoteKey.read(key)
        with shop.database.writing() as session:
            is_new = cosigning.trust(session, now(), witness)
            session.commit()
    except BrokenNote as stop:
        raise Refusal(str(stop)) from stop
    say(f"{witness.name} {'is' if is_new else 'was'} taken as a witness of this log.")
