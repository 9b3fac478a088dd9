"""What our papers print, as phrases: what a paper that says it is ours has to say."""

from collections.abc import Iterator

from lms.domain.certificate import Facts, in_hours, spaced
from lms.domain.paper_check import BETWEEN, Field, Phrase
from lms.domain.paper_words import form, said
from lms.formats.sheets import public_address, spelled

_LANGUAGES = ("en", "es")
TRANSCRIPT_TITLES = tuple(said(one, "Training transcript") for one in _LANGUAGES)


def is_transcript(text: str) -> bool:
    """Whether a text is that of a transcript, and not of a certificate."""
    plain = " ".join(text.split())
    return any(title in plain for title in TRANSCRIPT_TITLES)


def known(facts: Facts) -> list[str]:
    """Words of the form, which say nothing of this person."""
    address = public_address(facts).removesuffix(f"/{facts.code}").removeprefix("https://")
    amounts = {in_hours(line.minutes) for line in facts.hours} | {"0 min"}
    sums = {in_hours(n) for n in (*facts.topics.values(), *facts.modalities.values())}
    # Only where it is so: words for "nothing" are the first that a forger would like to read.
    missing = [] if facts.expires_on else ["No end date"]
    missing += [] if all((facts.assessment, facts.instructors, facts.approvals)) else ["none"]
    nothing = [said(facts.language, one) for one in missing]
    page, of = (said(facts.language, one) for one in ("Page", "of"))
    pages = [f"{page} {n} {of} {most}" for most in range(1, 9) for n in range(1, most + 1)]
    own = [*amounts, *sums, *facts.topics, *facts.modalities, *nothing]
    return [*form(facts.language), "DEMO", *pages, address, *own]


def phrases(facts: Facts, *, transcript: bool) -> list[Phrase]:
    """Every line that tells something."""
    return [*_both(facts), *(_transcript(facts) if transcript else _certificate(facts))]


def _both(facts: Facts) -> Iterator[Phrase]:
    yield Phrase(Field.HOLDER, facts.holder)
    yield Phrase(Field.PROGRAM, facts.program)
    edition = said(facts.language, "edition")
    place = f"{facts.printed_id}, " if facts.printed_id else ""
    yield Phrase(Field.EDITION, f"{place}{edition} {facts.edition}")
    yield Phrase(Field.STATEMENT, facts.statement)
    yield Phrase(Field.CODE, spaced(facts.code))
    yield Phrase(Field.PROVIDER, facts.provider)
    for line in facts.assessment:
        yield Phrase(Field.ASSESSMENT, line)
    for line in facts.instructors:
        yield Phrase(Field.INSTRUCTORS, line)
    for line in facts.approvals:
        yield Phrase(Field.APPROVALS, line)
    for line in (facts.signatory, facts.signatory_title):
        yield Phrase(Field.SIGNATORY, line)
    yield Phrase(Field.ISSUED, spelled(facts.issued_on, facts.language))
    if facts.expires_on:
        yield Phrase(Field.EXPIRES, spelled(facts.expires_on, facts.language))
    if facts.replaces:
        yield Phrase(Field.REPLACES, spaced(facts.replaces))
    if facts.renews:
        yield Phrase(Field.RENEWS, spaced(facts.renews))
    yield Phrase(Field.RETENTION, facts.retention)


def _span(facts: Facts) -> str:
    first, last = (spelled(day, facts.language) for day in (facts.started_on, facts.completed_on))
    return f"{first} {said(facts.language, 'to')} {last}"


def _certificate(facts: Facts) -> Iterator[Phrase]:
    span = _span(facts)
    yield Phrase(Field.HOURS, f"{in_hours(facts.minutes)} {said(facts.language, 'of training')}")
    yield Phrase(Field.TRAINING, span)
    yield Phrase(Field.PROVIDER, f"{facts.provider}, {facts.provider_address}")
    for topic, minutes in facts.topics.items():
        yield Phrase(Field.TOPIC, in_hours(minutes), topic)
    for way, minutes in facts.modalities.items():
        yield Phrase(Field.FORMAT, in_hours(minutes), way)


def _transcript(facts: Facts) -> Iterator[Phrase]:
    span = _span(facts)
    yield Phrase(Field.HOURS, in_hours(facts.minutes), said(facts.language, "Hours in all"))
    yield Phrase(Field.TRAINING, span)
    yield Phrase(Field.PROVIDER, facts.provider_address)
    for topic, minutes in facts.topics.items():
        cells = [in_hours(_cell(facts, topic, way)) for way in facts.modalities]
        yield Phrase(Field.TOPIC, BETWEEN.join([*cells, in_hours(minutes)]), topic)
    for line in facts.objectives:
        yield Phrase(Field.OBJECTIVES, line)


def _cell(facts: Facts, topic: str, way: str) -> int:
    return sum(h.minutes for h in facts.hours if (h.topic, h.modality) == (topic, way))
