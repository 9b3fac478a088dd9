"""A school whose certificates are credentials too, as the worker leaves them."""

import json
from typing import Any

from lms.jobs import credential_work
from tests.school import School


def sign_credentials(school: School) -> None:
    """Sign every credential and status list that waits."""
    told = (school.settings, school.database, lambda: school.now)
    credential_work.sign_all(*told)
    credential_work.publish_lists(*told)


def opened(answer: Any) -> Any:
    """The JSON of an answer that came as a file."""
    return json.loads(answer.response.data)
