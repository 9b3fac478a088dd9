"""``lms content new`` and ``preview``: begin a module, and see it as its learner will."""

import shlex
from pathlib import Path
from typing import Final

import click

from lms.cli.ports import refuse_if_taken
from lms.cli.preview_app import HOST, create, server
from lms.cli.talk import Refusal, now, root_option, say
from lms.cli.watch import Watch
from lms.content.begin import new_module, standing, write_all
from lms.content.files import ID
from lms.content.places import authors_guide, content_root

_LONGEST: Final = 60


@click.group()
def new() -> None:
    """Begin something new to be written."""


@new.command()
@click.argument("module_id", metavar="ID")
@click.option("--title", default="", help="The name learners see; made from the id if left out.")
@root_option
def module(module_id: str, title: str, root: Path | None) -> None:
    """Begin a module: six sections, items, quiz, rubric and role-play, each saying what to write.

    Nothing that is there is changed. Then: lms content preview.

    \b
    lms content new module asking-for-help
    lms content new module asking-for-help --title "Asking for help" --root ~/our-curriculum
    """
    place = _place(root)
    if not ID.fullmatch(module_id) or len(module_id) > _LONGEST:
        raise Refusal(
            f"“{module_id[:_LONGEST]}” is no id for a module. Use up to {_LONGEST} small letters, "
            "digits and dashes, such as asking-for-help."
        )
    texts = new_module(place, module_id, _title(title, module_id), now().date())
    if (there := standing(place, module_id, texts)) is not None:
        raise Refusal(f"{there} stands in the way of a new module {module_id}. Choose another id.")
    try:
        write_all(place, texts)
    except OSError as fault:
        raise Refusal(f"The files could not be written, so none is kept: {fault}") from fault
    click.echo("\n".join(texts))
    shown = f" --root {shlex.quote(str(root))}" if root else ""
    say(
        f"Next: lms content preview{shown} shows the module while you write. "
        f"lms content check{shown} says what is still to write."
    )


@click.command()
@root_option
@click.option("--port", default=8010, show_default=True)
def preview(root: Path | None, port: int) -> None:
    """Show the content as its learner will see it, while it is being written.

    Pages show themselves again when a file is saved. No account, no database, this machine only.

    \b
    lms content preview
    lms content preview --root ~/our-curriculum --port 8011
    """
    place = _tree(root or content_root())
    refuse_if_taken(HOST, port)
    watch = Watch(place, authors_guide(), lambda: now().date())
    watch.token()  # Begins the first check, so that it is well under way at the first page.
    say(f"{place.resolve()} is shown on http://{HOST}:{port}. Stop with Ctrl-C.")
    server(create(place, watch), port).serve_forever()


def _place(root: Path | None) -> Path:
    """The tree to write in. Raises Refusal for one that is none, or goes with an update."""
    place = root or content_root()
    if root is None and place.name == "_content":
        raise Refusal(
            "The installed content is replaced by updates. Say where yours is: --root DIR"
        )
    return _tree(place)


def _tree(place: Path) -> Path:
    """The same folder. Raises Refusal when it holds no content."""
    if not (place / "curriculum").is_dir():
        raise Refusal(f"{place} holds no folder curriculum. Say where it is: --root DIR")
    return place


def _title(title: str, module_id: str) -> str:
    words = " ".join((title or module_id.replace("-", " ").capitalize()).split())
    if not words or not words.isprintable():
        raise Refusal("The title has no letters that can be shown. Write it as: --title “Words”")
    return words
