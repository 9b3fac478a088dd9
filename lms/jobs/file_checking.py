"""Checking a dropped file against our records: what is read in it, and what stands here."""

import json
import re
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from lms.domain.certificate import read_code
from lms.domain.file_verdict import Evidence, Inside, Judged, Verdict, judge
from lms.domain.paper_check import Compared, Field, compare
from lms.formats import dropped, openings, printed
from lms.formats.dropped import Dropped, Unreadable
from lms.formats.origin import code_in
from lms.records import certificates, credentials, translog
from lms.records.certificates import Record
from lms.records.office import Office

_PRINTED_CODE = re.compile(r"(?:[0-9A-Z]{5}[\s-]{1,3}){5}[0-9A-Z]{2}(?![0-9A-Z])")
HIDDEN = "(not shown)"


@dataclass(frozen=True, slots=True)
class Checked:
    """A file, the verdict on it, and the record it speaks of."""

    file: Dropped
    judged: Judged
    record: Record | None = None
    compared: Compared | None = None


def check(session: Session, held: bytes, now: datetime, office: Office) -> Checked:
    """Read a file and compare it with the record it names. Writes nothing, fetches nothing."""
    file = dropped.read(held)
    if same := certificates.of_file(session, file.sha256):
        record = certificates.look_up(session, same[0].code, now, office)
        return Checked(file, Judged(Verdict.SAME), record)
    if file.fault is not None:
        # Whatever is wrong with it, the code in its bytes still leads to what should stand there.
        code = code_in(held) if file.fault is not Unreadable.TOO_LARGE else None
        record = certificates.look_up(session, code, now, office) if code else None
        return Checked(file, Judged(Verdict.UNREADABLE), record)
    shown = _shown_codes(file)
    inside = _code_inside(file)
    wanted = shown or ([inside] if inside else [])
    record = next(
        (one for code in wanted if (one := certificates.look_up(session, code, now, office))), None
    )
    compared = _compared(file, record) if record else None
    found = Evidence(
        is_same=False,
        codes=frozenset(shown),
        inside=_inside(session, file, record, inside) if record else Inside.GONE,
        compared=compared,
        can_act=file.is_active,
        is_saved_again=file.revisions > 1,
    )
    return Checked(file, judge(found), record, compared and _fit_to_show(compared, record))


def _shown_codes(file: Dropped) -> list[str]:
    """The codes of the page: printed, and behind its links."""
    typed = [read_code(found) for found in _PRINTED_CODE.findall(file.plain)]
    named = _earlier(file)
    linked = [read_code(code) for code in file.codes]
    found = [code for code in (*typed, *linked) if code and code not in named]
    return list(dict.fromkeys(found))


def _earlier(file: Dropped) -> set[str]:
    """Codes that a paper prints because it takes their place, or is the period after them."""
    pattern = rf"(?:Replaces|Renews) certificate\s*({_PRINTED_CODE.pattern})"
    after = re.findall(pattern, file.rows) + re.findall(pattern, file.plain)
    return {code for one in after if (code := read_code(one))}


def _code_inside(file: Dropped) -> str | None:
    try:
        return read_code(str(json.loads(json.loads(file.record or b"")["record"])["code"]))
    except (ValueError, LookupError, TypeError):
        return None


def _inside(session: Session, file: Dropped, record: Record, code: str | None) -> Inside:
    if file.is_doubled:
        return Inside.TWICE
    if file.record is None and file.credential is None:
        return Inside.GONE
    if code is not None and code != record.facts.code:
        return Inside.OLDER if code == record.facts.replaces else Inside.ANOTHER
    opening = translog.opening(session, record.certificate)
    ours = opening and openings.pack(opening.entry, opening.salt, opening.record)
    badge = credentials.of(session, record.certificate)
    signed = badge.badge.encode() if badge and badge.badge else None
    is_ours = (file.record, file.credential) == (ours, signed)
    return Inside.OURS if is_ours else Inside.CHANGED


def _compared(file: Dropped, record: Record) -> Compared:
    facts = record.facts
    phrases = printed.phrases(facts, transcript=printed.is_transcript(file.plain))
    return compare(phrases, printed.known(facts), file.plain, file.rows)


def _fit_to_show(compared: Compared, record: Record | None) -> Compared:
    """A comparison does not tell a name that is not shown. That it differs is said: whoever has
    the file has a name, and must learn when it is a false one.
    """
    if record is None or record.shows_name:
        return compared
    hidden = tuple(
        replace(one, record=HIDDEN) if one.field is Field.HOLDER else one
        for one in compared.differing
    )
    left = tuple(one for one in compared.unfound if one.field is not Field.HOLDER)
    return replace(compared, differing=hidden, unfound=left)
