"""Every example of docs/api.md, run as it stands there."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

from lms.domain.people import Role
from lms.domain.release import Scope
from tests.school import HOST, School
from tests.seating import seat

TEXT = (Path(__file__).parents[2] / "docs/api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```sh\n(.*?)\n```\n\n```json\n(.*?)\n```", TEXT, re.S)


def shape(value: Any) -> Any:
    """What a value looks like: names and kinds, not the words themselves. Topics may be any."""
    if isinstance(value, dict):
        return {
            name: "sums" if name in ("by_topic", "by_modality") else shape(part)
            for name, part in value.items()
        }
    if isinstance(value, list):
        return [shape(value[0])] if value and isinstance(value[0], dict) else "list"
    return type(value).__name__


def request_of(line: str) -> tuple[str, dict[str, str], str | None]:
    """The address, headers and body of a line of curl."""
    words = shlex.split(line)
    assert words.pop(0) == "curl"
    headers, body, address = {}, None, ""
    while words:
        word = words.pop(0)
        if word == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = words.pop(0)
        else:
            address = word
    return address, headers, body


def test_every_example_answers_as_it_is_printed(school: School):
    cohort = school.cohort()
    learner = school.person(Role.LEARNER, cohort, "Ana Ruiz")
    school.attend(learner, school.person(Role.ASSESSOR, cohort), cohort, 60)
    code = school.certify(learner)
    desk = seat(school)
    ref = desk.release(learner, Scope.HOURS)
    real = {
        "$KEY": desk.key(),
        "$PEERPATH": HOST,
        "3F9KQ-7TN2M-0RWXA-5HJ8V-PCD4E-6M": code,
        "0123456789abcdefghjkmnpqrs": ref,
    }
    assert len(EXAMPLES) == 5
    for printed_line, printed in EXAMPLES:
        line = printed_line
        for made_up, true in real.items():
            line = line.replace(made_up, true)
        address, headers, body = request_of(line)
        response = school.app.test_client(use_cookies=False).open(
            address.removeprefix(HOST),
            base_url=HOST,
            method="POST" if body else "GET",
            headers=headers,
            data=body,
        )
        assert shape(response.json) == shape(json.loads(printed)), line
