"""A learner's hours: every line, and totals that are the sums of the lines shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from lms.domain.certificate import in_hours
from lms.domain.curriculum import Topic
from lms.domain.hours import Modality, Standing, Totals
from lms.domain.people import Role
from lms.records import confirmations, learning, ledger
from lms.web.access import allow
from lms.web.here import me, now, school, session
from lms.web.text import _
from lms.web.words import modality

bp = Blueprint("hours", __name__)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Totals by topic and modality, in words; ``foot`` adds up the columns."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: tuple[str, ...]


def _sheet(sums: Totals, topics: Mapping[str, Topic]) -> Sheet:
    ways = [way for way in Modality if way in sums.modalities]
    mine = sorted(sums.topics, key=[*topics, *sums.topics].index)
    rows = [
        (
            topics[topic].title if topic in topics else topic,
            *(_cell(sums.cells.get((topic, way), 0)) for way in ways),
            in_hours(sums.topics[topic]),
        )
        for topic in mine
    ]
    return Sheet(
        head=(_("Topic"), *(modality(way) for way in ways), _("All")),
        rows=tuple(rows),
        foot=(_("All"), *(in_hours(sums.modalities[way]) for way in ways), in_hours(sums.minutes)),
    )


def _cell(minutes: int) -> str:
    return in_hours(minutes) if minutes else ""


@bp.get("/hours")
@allow(GET=Role.LEARNER)
def mine() -> ResponseReturnValue:
    """One's ledger, a page at a time, with sums of all of it by who stands behind the lines."""
    caps = school().office.caps
    page = ledger.page(session(), me().id, request.args.get("at", "")[:26])
    limited = ledger.limited(session(), me().id, caps)
    sums = ledger.sums(session(), me().id, limited)
    ways = learning.ways(session(), school().shelf, me().id)
    library = ways[0].library if ways else school().shelf.current()
    return render_template(
        "hours/mine.html",
        page_of=page,
        sums=sums[Standing.VOUCHED],
        waiting=sums[Standing.WAITING].minutes,
        unchecked=sums[Standing.UNCHECKED].minutes,
        sheet=_sheet(sums[Standing.VOUCHED], library.topics),
        topics=library.topics,
        ways=ways,
        limited={entry.id: counted for entry, counted in limited},
        most_online=caps.online_in_24_hours,
        asked=confirmations.asked_about(session(), now(), me().id),
    )
