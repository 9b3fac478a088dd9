"""The deeds of a role-play: write, rate, observe, release, amend."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from lms.demo.cast import Amendment
from lms.demo.clock import die
from lms.demo.stage import Stage
from lms.domain.curriculum import StepKind
from lms.domain.rubric import Sheet
from lms.models.role_plays import RolePlay
from lms.records import grading, role_plays
from lms.records.learning import Way
from lms.records.role_plays import Scene

_READING_AGAIN, _LIVE = timedelta(minutes=2), timedelta(minutes=40)


def _open_way(stage: Stage, who: str, program: str, scenario_id: str) -> Way:
    way = stage.way(who, program)
    step = way.step(StepKind.ROLE_PLAY, scenario_id)
    if step is None or not way.is_open(step):
        raise ValueError(f"{who} has not read everything before {scenario_id}")
    return way


def _newest(stage: Stage, who: str, scenario_id: str) -> RolePlay:
    return role_plays.of_scenario(stage.session, stage.people[who].id, scenario_id)[-1]


def _scene(stage: Stage, play: RolePlay) -> Scene:
    return role_plays.scene(stage.session, stage.shelf, play)


def write(
    stage: Stage,
    at: datetime,
    *,
    who: str,
    program: str,
    scenario_id: str,
    replies: Sequence[str],
    is_whole: bool,
) -> Iterator[datetime]:
    """Begin a role-play, answer turn by turn, and hand it in when it is whole."""
    way = _open_way(stage, who, program, scenario_id)
    play = role_plays.begin(stage.session, at, way, scenario_id, "written", stage.people[who])
    scene = _scene(stage, play)
    for turn, text in enumerate(replies, 1):
        at += timedelta(seconds=120 + die(140, who, scenario_id, turn))
        yield at
        role_plays.save_reply(stage.session, at, scene, turn, text, 0)
    if is_whole:
        at += _READING_AGAIN
        yield at
        role_plays.hand_in(stage.session, at, scene)


def rate(
    stage: Stage,
    at: datetime,
    *,
    who: str,
    scenario_id: str,
    by: str,
    sheet: Sheet,
    is_draft: bool,
) -> None:
    """Sign a sheet, or keep the first half of it as a draft."""
    scene = _scene(stage, _newest(stage, who, scenario_id))
    rater = stage.people[by]
    if is_draft:
        begun = dict(list(sheet.items())[: len(sheet) // 2])
        grading.save_draft(stage.session, at, scene, rater, begun, 0)
    else:
        grading.sign(stage.session, at, scene, rater, sheet, 0)


def observe(
    stage: Stage,
    at: datetime,
    *,
    who: str,
    program: str,
    scenario_id: str,
    by: str,
    sheet: Sheet,
) -> Iterator[datetime]:
    """Hold a role-play live and sign its sheet afterwards."""
    way, rater = _open_way(stage, who, program, scenario_id), stage.people[by]
    play = role_plays.begin(stage.session, at, way, scenario_id, "live", rater)
    at += _LIVE
    yield at
    grading.sign(stage.session, at, _scene(stage, play), rater, sheet, 0)


def release(stage: Stage, at: datetime, *, who: str, scenario_id: str, by: str) -> None:
    """Tell the learner the outcome. Raises ValueError when nothing is decided."""
    play = _newest(stage, who, scenario_id)
    batch = [(play, stage.people[who])]
    if grading.release(stage.session, at, batch, stage.people[by]) != 1:
        raise ValueError(f"there is no outcome of {scenario_id} to tell {who}")


def amend(
    stage: Stage, at: datetime, *, who: str, scenario_id: str, by: str, amendment: Amendment
) -> None:
    """Amend an outcome after an appeal, with the reason."""
    scene = _scene(stage, _newest(stage, who, scenario_id))
    levels = role_plays.outcomes(stage.session, scene.play)[-1].levels
    changed = {**levels, **amendment.levels}
    grading.amend(stage.session, at, scene, changed, amendment.reason, stage.people[by])
