"""Old hours from a coordinator's list: looked through, then all brought in or none."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from lms.domain.batches import MOST_ROWS
from lms.domain.people import Role
from lms.formats.named_lists import HOURS, Named
from lms.models.people import Person
from lms.records import journal, past_hours
from lms.records.past_hours import Bringing, Line
from lms.web.access import allow
from lms.web.here import done, me, now, school, session
from lms.web.manage import cohort_or_404
from lms.web.named_lists import MOST_BYTES, TOO_MUCH, Shown, Steps
from lms.web.text import _, plural
from lms.web.uploads import takes

bp = Blueprint("past_hours", __name__)
_NEEDED = ("email", "day", "way", "topics", "title")


@bp.route("/manage/cohorts/<ref>/old-hours", methods=["GET", "POST"])
@allow(GET=Role.COORDINATOR, POST=Role.COORDINATOR)
@takes(MOST_BYTES, TOO_MUCH)
def bring(ref: str) -> ResponseReturnValue:
    """Look a list through; put its lines into the ledger once it has no fault."""
    cohort = cohort_or_404(ref)
    topics = school().shelf.current().topics
    names = {t.title.lower(): t.id for t in topics.values()} | {name: name for name in topics}
    bringing = Bringing(me(), cohort, names, school().office)

    def look(reading: Session, named: Named) -> list[Line]:
        return past_hours.look(reading, now(), bringing, named.rows)

    def keep(named: Named) -> ResponseReturnValue:
        kept = past_hours.bring_in(session(), now(), bringing, named.rows)
        _write_to({line.person for line in kept if line.person})
        words = plural("%(num)s line is brought in.", "%(num)s lines are brought in.", len(kept))
        return done(url_for("manage.cohorts"), words)

    shown = Steps(HOURS, _NEEDED, look, keep).take()
    if not isinstance(shown, Shown):
        return shown
    page = render_template(
        "manage/past_hours.html",
        cohort=cohort,
        shown=shown,
        new=sum(not line.stands and line.fault is None for line in shown.lines),
        topics=topics.values(),
        most=MOST_ROWS,
    )
    return page, shown.status


def _write_to(learners: set[Person]) -> None:
    """One letter each; it names no training."""
    for person in sorted(learners, key=lambda p: p.id):
        journal.send_mail(
            session(),
            now(),
            person.email,
            _("Earlier hours of yours were entered"),
            _(
                "Your coordinator has put earlier hours of yours on record. Sign in, open Hours, "
                "and tell them if a line is wrong."
            ),
        )
