"""What a board asks of a person themself, besides hours."""

from collections.abc import Iterable, Iterator

from lms.domain.figures import Known
from lms.domain.packs import Requirement, Version


def questions(version: Version) -> tuple[Requirement, ...]:
    """The facts that a version asks for, each once, in its order; what is not asked is left out."""
    renewal = version.renewal.needs if version.renewal else ()
    stages = [need for stage in version.stages for need in stage.needs]
    found = {need.id: need for need in _facts((*stages, *version.ongoing, *renewal))}
    return tuple(found.values())


def _facts(needs: Iterable[Requirement]) -> Iterator[Requirement]:
    for need in needs:
        if need.asked is Known.NONE:
            continue
        if need.kind == "fact":
            yield need
        yield from _facts(need.needs)
