"""``lms cert``: issue, revoke, show, verify."""

from pathlib import Path

import click
from sqlalchemy.orm import Session

from lms.cli import offline
from lms.cli.shop import Shop, open_shop
from lms.cli.talk import Refusal, answer, data_option, json_option, now, say
from lms.domain.certificate import ReasonClass, in_hours, read_code, spaced
from lms.domain.file_verdict import Verdict
from lms.formats.dropped import MOST_BYTES
from lms.formats.names import unprintable
from lms.jobs import file_checking
from lms.jobs.file_checking import Checked
from lms.records import certificates, issuing, learning, people, suspending
from lms.records.certificates import Record


@click.group()
def cert() -> None:
    """Certificates."""


@cert.command()
@click.argument("email")
@click.argument("program")
@click.option("--anew", is_flag=True, help="Issue again after an earlier one was revoked or ended.")
@data_option
def issue(email: str, program: str, anew: bool, data: Path) -> None:
    """Issue a certificate to someone who has met every requirement; refused otherwise.

    \b
    lms cert issue kim@example.org peer-support-foundations
    lms cert issue kim@example.org peer-support-foundations --anew
    """
    shop = open_shop(data)
    with shop.database.writing() as session:
        person = people.by_email(session, email)
        way = learning.way(session, shop.shelf, person.id, program) if person else None
        if person is None or way is None:
            raise Refusal(f"{email} has no account here or does not take {program}.")
        if letters := unprintable(person.name):
            raise Refusal(f"These letters of the name cannot be printed: {letters}")
        try:
            row = issuing.issue(session, way, person, now(), shop.office, anew=anew)
        except issuing.NotEligible as stop:
            missing = "; ".join(f"{gap.kind}: {gap.title}" for gap in stop.gaps)
            raise Refusal(f"Not issued, because this is missing: {missing}") from stop
        except issuing.Withheld as stop:
            raise Refusal("An earlier one was revoked. If you mean it, add --anew.") from stop
        session.commit()
        click.echo(spaced(row.code))


def _found(session: Session, shop: Shop, typed: str) -> Record:
    # People paste the whole address of a certificate, too: its last part is the code.
    code = read_code(typed.strip(" /").rpartition("/")[2])
    if code is None:
        raise Refusal(
            f"{typed} is not one of our codes. A code has 27 letters and digits; the last one "
            "checks the others. Compare it with the paper, group by group."
        )
    record = certificates.look_up(session, code, now(), shop.office)
    if record is None:
        raise Refusal(f"Not issued by us: {spaced(code)} is in nobody's record here.")
    return record


@cert.command()
@click.argument("code")
@click.option("--reason", type=click.Choice([str(reason) for reason in ReasonClass]), required=True)
@data_option
@click.confirmation_option(prompt="Revoke this certificate for good?")
def revoke(code: str, reason: str, data: Path) -> None:
    """Revoke a certificate; anyone who checks it sees when and why.

    \b
    lms cert revoke 3F9KQ-… --reason issued-in-error
    """
    shop = open_shop(data)
    with shop.database.writing() as session:
        record = _found(session, shop, code)
        try:
            issuing.revoke(session, now(), record.certificate, ReasonClass(reason), None)
        except ValueError as stop:
            raise Refusal(str(stop)) from stop
        session.commit()
    say("Revoked.")


@cert.command()
@click.argument("code")
@click.option("--lift", is_flag=True, help="Let it count again.")
@data_option
def suspend(code: str, lift: bool, data: Path) -> None:
    """Suspend a certificate while it is looked into; anyone who checks it is told.

    \b
    lms cert suspend 3F9KQ-…
    lms cert suspend 3F9KQ-… --lift
    """
    shop = open_shop(data)
    with shop.database.writing() as session:
        row = _found(session, shop, code).certificate
        try:
            (suspending.lift if lift else suspending.suspend)(session, now(), row, None)
        except ValueError as stop:
            raise Refusal(str(stop)) from stop
        session.commit()
    say("It counts again." if lift else "Suspended.")


def _show(record: Record, as_json: bool) -> None:
    facts, standing = record.facts, record.standing
    value = {
        "state": standing.state,
        "since": standing.since,
        "reason": standing.reason,
        "replaced_by": standing.replaced_by,
        "facts": certificates.shown(facts),
    }
    lines = [
        f"{standing.state} since {standing.since}",
        *([f"reason   {standing.reason}"] if standing.reason else []),
        *([f"see      {spaced(standing.replaced_by)}"] if standing.replaced_by else []),
        f"code     {spaced(facts.code)}",
        f"holder   {facts.holder}",
        f"program  {facts.program}, edition {facts.edition}",
        f"issued   {facts.issued_on} by {facts.provider}",
        f"hours    {in_hours(facts.minutes)}",
        *[f"         {topic}: {in_hours(part)}" for topic, part in facts.topics.items()],
    ]
    answer(value, as_json, lines)


@cert.command()
@click.argument("code")
@data_option
@json_option
def show(code: str, data: Path, as_json: bool) -> None:
    """Show everything about a certificate.

    \b
    lms cert show 3F9KQ-…
    lms cert show 3F9KQ-… --json
    """
    shop = open_shop(data)
    with shop.database.reading() as session:
        _show(_found(session, shop, code), as_json)


@cert.command()
@click.argument("file_or_code")
@click.option(
    "--bundle",
    type=click.Path(exists=True, path_type=Path),
    help="Check a file without the school, by a sealed bundle of it (lms archive seal).",
)
@click.option("--key", default="", help="With a bundle: the line of the log's key that you trust.")
@data_option
@json_option
def verify(file_or_code: str, bundle: Path | None, key: str, data: Path, as_json: bool) -> None:
    """Check a code, or a PDF: are its bytes the ones we issued, and which lines differ if not?

    Exit 0 only if the file is ours and the certificate is valid.

    \b
    lms cert verify 3F9KQ-…
    lms cert verify certificate.pdf
    lms cert verify certificate.pdf --bundle peerpath-2026.zip
    """
    path = _file(file_or_code)
    if bundle is not None:
        if path is None:
            raise Refusal("With a bundle, name the PDF: it carries what opens its entry.")
        offline.verify(path, bundle, key, now().date(), as_json)
        return
    shop = open_shop(data)
    with shop.database.reading() as session:
        if path is not None:
            record = _of_file(session, shop, path)
        else:
            record = _found(session, shop, file_or_code)
        _show(record, as_json)
    if record.standing.state != "valid":
        raise click.exceptions.Exit(1)


def _file(typed: str) -> Path | None:
    path = Path(typed)
    try:
        if path.is_file():
            return path
    except OSError:  # too long for a name, so it is none
        return None
    if path.suffix.lower() == ".pdf":
        raise Refusal(f"There is no file {path}. Check the name and the folder.")
    return None


def _of_file(session: Session, shop: Shop, path: Path) -> Record:
    if path.stat().st_size > MOST_BYTES:
        raise Refusal(f"{path} is larger than 20 MB. Our papers are far smaller: not ours.")
    found = file_checking.check(session, path.read_bytes(), now(), shop.office)
    if found.record is None:
        raise Refusal(f"{path} is not a paper of ours. {_WHY_NOT[found.judged.verdict]}")
    if found.judged.verdict is not Verdict.SAME:
        raise Refusal("\n".join([_not_the_same(path, found), *_lines_of(found)]))
    say("The file is byte for byte what we issued.")
    return found.record


_WHY_NOT = {
    Verdict.NOT_OURS: "It carries no code of a certificate that we issued.",
    Verdict.UNREADABLE: "It cannot be read: no PDF, damaged, locked, or far too large.",
}


def _not_the_same(path: Path, found: Checked) -> str:
    code = spaced(found.record.facts.code) if found.record else ""
    said = {
        Verdict.AGREES: "Its words agree with the record. Pictures were not looked at.",
        Verdict.NO_TEXT: "It has no text to compare. Compare every line by eye: lms cert show",
        Verdict.UNREADABLE: "It cannot be read. Compare every line by eye: lms cert show",
    }.get(found.judged.verdict, "It does not say what the record says.")
    return f"{path} carries the code {code}, but its bytes are not the ones we issued. {said}"


def _lines_of(found: Checked) -> list[str]:
    compared = found.compared
    if compared is None:
        return []
    return [
        *(
            f"  {one.field}: file says {one.paper}, record says {one.record}"
            for one in compared.differing
        ),
        *(f"  only on the file: {line}" for line in compared.extra),
        *(f"  not found in the file: {one.shown}" for one in compared.unfound),
        *(f"  {reason}" for reason in found.judged.reasons),
    ]
