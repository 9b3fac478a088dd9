"""The content that tests stand on: what one program needs, or the whole tree."""

import os
from collections.abc import Iterator
from functools import cache

from lms.content.cache import read_again
from lms.content.editions import Edition, Kind
from lms.content.places import content_root
from tests.school import PROGRAM

WHOLE = os.environ.get("LMS_TEST_CONTENT") == "whole"
"""Set by bin/test --long: then every test meets the whole tree, and takes longer for it."""


@cache
def taught() -> tuple[Edition, ...]:
    """The editions to publish, read once a run: change a copy of them, as tests.publishing does."""
    editions = list(read_again(content_root()).editions)
    return tuple(editions if WHOLE else _of_program(editions))


def _of_program(editions: list[Edition]) -> Iterator[Edition]:
    program = next(e for e in editions if (e.kind, e.id) == (Kind.PROGRAM, PROGRAM))
    modules = program.body["modules"]
    scenarios = [e for e in editions if e.kind == Kind.ROLE_PLAY and e.body["module"] in modules]
    rubrics = {e.body["rubric"] for e in scenarios}
    for edition in editions:
        if (
            edition.kind in (Kind.FRAMEWORK, Kind.PACK)
            or edition is program
            or (edition.kind == Kind.MODULE and edition.id in modules)
            or (edition.kind in (Kind.BANK, Kind.QUIZ) and edition.body.get("module") in modules)
            or edition in scenarios
            or (edition.kind == Kind.RUBRIC and edition.id in rubrics)
            or (edition.kind == Kind.IMAGE and edition.id.partition("/")[0] in modules)
            or (edition.kind == Kind.GUIDE and edition.id in program.body["sessions"])
        ):
            yield edition
