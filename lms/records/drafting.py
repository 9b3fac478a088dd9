"""What a certificate that is issued now would say: its facts, before they are frozen."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from lms.domain import certificate as rules
from lms.domain import wordings
from lms.domain.caps import counted_totals
from lms.domain.certificate import Facts, HourLine
from lms.domain.hours import Modality
from lms.domain.next_period import next_expiry
from lms.domain.paper_words import Words, said
from lms.domain.provider_record import Topic
from lms.models.certificates import Certificate
from lms.models.hours import LedgerEntry
from lms.models.people import Person
from lms.records import hours, provider
from lms.records.learning import Way
from lms.records.office import Office

IN_WORDS = {
    Modality.SELF_PACED: "Self-paced online",
    Modality.LIVE_IN_PERSON: "Live, in person",
    Modality.LIVE_ONLINE: "Live online, interactive",
    Modality.IN_SERVICE: "In-service",
    Modality.SUPERVISION_INDIVIDUAL: "Supervision, individual",
    Modality.SUPERVISION_GROUP: "Supervision, in a group",
    Modality.OBSERVATION: "Observation at work",
    Modality.WORK: "Supervised work",
}
"""What papers call a modality in English; in other languages by lms.domain.paper_words."""

RETENTION = "The provider keeps this record for at least seven years."


def _of_program(session: Session, way: Way) -> list[LedgerEntry]:
    return [
        line
        for line in hours.lines(session, way.enrolment.person_id)
        if hours.counts_in(way.program, line.program_id, line.module_id)
    ]


def _lines(
    entries: Sequence[LedgerEntry], way: Way, office: Office, words: Words
) -> tuple[tuple[HourLine, ...], dict[int, tuple[str, date]]]:
    """Hours by topic and format; and who taught, with the last day they did."""
    sums = counted_totals((hours.as_entry(entry) for entry in entries), office.caps)
    topics = way.library.topics
    cells = tuple(
        HourLine(
            wordings.topic_title(topics[topic], words),
            said(words.language, IN_WORDS[modality]),
            minutes,
        )
        for topic in topics
        for modality in Modality
        if (minutes := sums.cells.get((topic, modality), 0)) > 0
    )
    back = {entry.reverses_id for entry in entries}
    taught = [e for e in entries if hours.is_taught(e) and e.id not in back]
    return cells, {e.voucher_id or 0: (e.voucher, office.day(e.ends_at)) for e in taught}


def _assessment(way: Way, language: str) -> tuple[str, ...]:
    library, requires = way.library, way.program.requires
    marks = sorted({library.quizzes[q].pass_percent for q in requires.quizzes})
    at = f" {said(language, 'or')} ".join(f"{mark} %" for mark in marks)
    exam = "%(title)s: %(n)s questions, passed at %(at)s"
    plays = "%(n)s role-plays judged competent against a rubric"
    number = len(requires.role_plays)
    return (
        said(language, "%(n)s quizzes passed at %(at)s", n=len(requires.quizzes), at=at),
        *(
            said(language, exam, title=e.title, n=e.length, at=f"{e.pass_percent} %")
            for e in (library.quizzes[name] for name in requires.exams)
        ),
        *([said(language, plays, n=number)] if number else []),
    )


def draft(
    session: Session,
    way: Way,
    holder: Person,
    now: datetime,
    office: Office,
    words: Words = Words.USUAL,
) -> Facts:
    """All facts of a certificate that would be issued now, in the holder's choice of words."""
    lines, trainers = _lines(_of_program(session, way), way, office, words)
    told = provider.said_on(session, office.day(now)).get(Topic.GRIEVANCE_ON_PAPER)
    kept = said(words.language, RETENTION)
    return replace(
        _without_hours(way, holder, now, provider.printing(session, now, office), words),
        minutes=sum(line.minutes for line in lines),
        hours=lines,
        instructors=provider.in_words(session, trainers),
        retention=" ".join([kept, *([told.words] if told else [])]),
    )


def _without_hours(way: Way, holder: Person, now: datetime, office: Office, words: Words) -> Facts:
    code, today = rules.code_from(secrets.randbits(rules.CODE_BITS)), office.day(now)
    ends = rules.expiry(today, way.program.valid_months)
    return Facts(
        code=code,
        holder=holder.name,
        program=wordings.title(way.program, words),
        program_id=way.program.id,
        edition=way.library.digests["program", way.program.id][:12],
        statement=wordings.statement(way.program, words),
        objectives=_objectives(way, words),
        started_on=office.day(way.enrolment.started_at).isoformat(),
        completed_on=today.isoformat(),
        issued_on=today.isoformat(),
        expires_on=ends.isoformat() if ends else None,
        minutes=0,
        hours=(),
        assessment=_assessment(way, words.language),
        instructors=(),
        provider=office.provider.named(words),
        provider_address=office.provider.address,
        approvals=office.approvals(now),
        signatory=office.provider.signatory,
        signatory_title=office.provider.signatory_title,
        retention="",
        verify_at=f"{office.base_url}/verify/{code}",
        demo=office.demo,
        words=words,
    )


def _objectives(way: Way, words: Words) -> tuple[str, ...]:
    usual = (o for name in way.program.modules for o in way.library.modules[name].objectives)
    return wordings.objectives(way.program, words, usual)


def renewal(
    session: Session,
    way: Way,
    holder: Person,
    row: Certificate,
    entries: Sequence[LedgerEntry],
    now: datetime,
    office: Office,
) -> Facts:
    """The facts of the period after ``row``, for the hours of ``entries``, in the same words."""
    words = Words(row.facts.get("words", ""))
    lines, trainers = _lines(entries, way, office, words)
    minutes, today = sum(line.minutes for line in lines), office.day(now)
    ends = next_expiry(row.expires_on or today, today, way.program.valid_months or 1)
    by = "Renewed by %(hours)s of further training"
    return replace(
        draft(session, way, holder, now, office, words),
        started_on=row.issued_on.isoformat(),
        expires_on=ends.isoformat(),
        minutes=minutes,
        hours=lines,
        assessment=(said(words.language, by, hours=rules.in_hours(minutes)),),
        instructors=provider.in_words(session, trainers),
        renews=row.code,
    )


def reworded(facts: Facts, way: Way, office: Office, words: Words) -> Facts:
    """The same facts in other words: nothing of what was earned, when or from whom changes."""
    topics = {
        wordings.topic_title(topic, facts.words): wordings.topic_title(topic, words)
        for topic in way.library.topics.values()
    }
    formats = {said(facts.language, each): said(words.language, each) for each in IN_WORDS.values()}
    before, after = said(facts.language, RETENTION), said(words.language, RETENTION)
    return replace(
        facts,
        words=words,
        program=wordings.title(way.program, words),
        statement=wordings.statement(way.program, words),
        objectives=_objectives(way, words),
        hours=tuple(
            replace(line, topic=topics.get(line.topic, line.topic), modality=formats[line.modality])
            for line in facts.hours
        ),
        assessment=facts.assessment if facts.renews else _assessment(way, words.language),
        provider=office.provider.named(words),
        retention=facts.retention.replace(before, after),
    )
