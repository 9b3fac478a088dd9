"""How much a view takes in one request, where that is more than a form."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, request

View = TypeVar("View", bound=Callable[..., Any])


def takes(size: int, too_much: Any) -> Callable[[View], View]:
    """Declare how many bytes a view takes, and the sentence for more than that."""

    def mark(view: View) -> View:
        view.room = size, too_much  # type: ignore[attr-defined]
        return view

    return mark


def room(app: Flask) -> tuple[int, str] | None:
    """What the view of this request declares, or None."""
    view = app.view_functions.get(request.endpoint or "")
    return getattr(view, "room", None)


def make_room(app: Flask) -> None:
    """Before anything of the request is read: let its files be as large as its view takes.

    A form without files is read into memory at once and stays as small as everywhere.
    """
    declared = room(app)
    if declared and request.mimetype == "multipart/form-data":
        request.max_content_length = declared[0]
        # A form that is too large is refused here: read a second time, it would seem empty.
        _read = request.form
