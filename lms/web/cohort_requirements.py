"""A cohort against what boards ask in hours: who is where, and what is missing."""

from collections.abc import Mapping

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.domain.packs import Pack
from lms.domain.people import Role
from lms.records import cohort_standing
from lms.web.access import allow
from lms.web.answers import state_words
from lms.web.board_page import today
from lms.web.here import school, session
from lms.web.manage import cohort_or_404
from lms.web.places import by_place, place
from lms.web.text import _

bp = Blueprint("cohort_requirements", __name__)
MOST_PACKS = 3
A_PAGE = 50


@bp.get("/manage/cohorts/<ref>/requirements")
@allow(GET=Role.COORDINATOR)
def grid(ref: str) -> ResponseReturnValue:
    """Learners down, up to three boards across, hours in the cells; nothing they said of
    themselves.
    """
    cohort = cohort_or_404(ref)
    library = school().shelf.current()
    chosen = _chosen(library.packs)
    after = request.args.get("after", "")
    rows, following = cohort_standing.page(
        session(), cohort.id, chosen, today(), after, A_PAGE, school().office.caps
    )
    return render_template(
        "manage/requirements.html",
        cohort=cohort,
        packs=chosen,
        rows=rows,
        words=state_words,
        places={pack.id: place(pack) for pack in chosen},
        options=[
            ("", _("None")),
            *((p.id, f"{place(p)}: {p.title}") for p in by_place(library.packs.values())),
        ],
        most=MOST_PACKS,
        following=_address(ref, chosen, following) if following else "",
        first=_address(ref, chosen, "") if after else "",
    )


def _chosen(packs: Mapping[str, Pack]) -> list[Pack]:
    names = dict.fromkeys(request.args.getlist("packs"))
    return [packs[name] for name in names if name in packs][:MOST_PACKS]


def _address(ref: str, packs: list[Pack], after: str) -> str:
    names = [pack.id for pack in packs]
    return url_for(".grid", ref=ref, packs=names, after=after or None)
