"""A route that does not say who may use it stops the application."""

import pytest

from lms.app import create_app
from lms.domain.people import Role
from lms.web.access import PUBLIC, Undeclared, allow, check_declared
from tests.school import School


def silent() -> str:
    return "Everything"


@allow(GET=PUBLIC)
def half() -> str:
    return "Half of it"


@allow(GET=PUBLIC, POST=Role.LEARNER, DELETE=Role.OPERATOR)
def too_much() -> str:
    return "More than it answers"


@pytest.mark.parametrize("view", [silent, half, too_much])
def test_a_route_that_does_not_say_who_may_use_it_stops_the_application(school: School, view):
    app = create_app(school.settings, database=school.database, shelf=school.shelf)
    check_declared(app)
    app.add_url_rule("/new", view_func=view, methods=["GET", "POST"])
    with pytest.raises(Undeclared, match="/new answers"):
        check_declared(app)
