"""``lms demo``: a small made-up school, served at once."""

import os
import time
from datetime import datetime
from pathlib import Path

import click

from lms.cli import db, serve
from lms.cli.ports import refuse_if_taken
from lms.cli.shop import Shop, open_shop
from lms.cli.talk import Refusal, now, say
from lms.config import make_folder, settings_file
from lms.content.places import content_root
from lms.content.tree import read
from lms.demo import build, watching
from lms.formats import seals
from lms.jobs import translog

_HOST = "127.0.0.1"
_SETTINGS = {
    "LMS_DEMO": "1",
    "LMS_PROVIDER_NAME": "Riverside Recovery School (demo)",
    "LMS_PROVIDER_ADDRESS": "12 Made-Up Lane, Nowhere Springs, NY 00000",
    "LMS_SIGNATORY": "Marisol Stillwater",
    "LMS_SIGNATORY_TITLE": "Training coordinator (made up)",
    "LMS_APPROVALS": "Demo approval 0000, made up; Sample Board of Peer Support, not a real board",
    "LMS_TIMEZONE": "America/New_York",
    "LMS_LOG_LEVEL": "WARNING",
}


@click.command()
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="LMS_DATA",
    default=Path("instance-demo"),
    show_default=True,
    help="The folder to build the school in, or one that holds it.",
)
@click.option("--port", default=8000, show_default=True)
def demo(data: Path, port: int) -> None:
    """Build a small school with made-up people and serve it; run again, it is served as it is.

    \b
    lms demo
    lms demo --data /tmp/look --port 8010
    """
    refuse_if_taken(_HOST, port)
    base_url = f"http://{_HOST}:{port}"
    # The port may be another one than when the folder was made; workers inherit what we say here.
    os.environ.update(LMS_DEMO="1", LMS_BASE_URL=base_url)
    shop = prepare(data, base_url, now())
    _greet(shop, data)
    serve.run(shop, _HOST, port, 1)


def prepare(data: Path, base_url: str, moment: datetime) -> Shop:
    """The demo school of a folder, built as of a moment if it is not there yet. Raises Refusal."""
    refuse_unless_demo(data)
    make_folder(data, {**_SETTINGS, "LMS_BASE_URL": base_url})
    seals.make_all(data)
    shop = open_shop(data)
    if db.revisions(shop.database)[0] is None:
        db.upgrade_to_head(shop.database)
    db.refuse_unless_current(shop.database)
    with shop.database.reading() as session:
        is_free = build.is_free(session, moment, shop.office)
        is_built = build.is_built(session)
    if is_free:
        _build(shop, moment)
    elif not is_built:
        shop.database.close()
        raise Refusal(
            "The database in LMS_DATABASE_URL belongs to a school that is no demo, so nothing was "
            "put there. Name an empty one, or leave LMS_DATABASE_URL out."
        )
    return shop


def refuse_unless_demo(data: Path) -> None:
    """Raise Refusal for a folder that holds something else than a demo."""
    if not data.exists() or settings_file(data).get("LMS_DEMO") == "1":
        return
    if any(data.iterdir()):
        raise Refusal(
            f"The folder {data} holds something else than a demo, so nothing was put there. "
            "Choose another: lms demo --data DIR"
        )


def _build(shop: Shop, moment: datetime) -> None:
    say("Building a school of made-up people …")
    started = time.monotonic()
    with shop.database.writing() as session:
        build.publish(session, moment, shop.office, read(content_root()).editions)
        session.commit()
    with shop.database.writing() as session:
        build.populate(session, moment, shop.office, shop.shelf)
        session.commit()
    _publish_log(shop, moment)
    say(f"Built in {time.monotonic() - started:.0f} seconds.")


def _publish_log(shop: Shop, moment: datetime) -> None:
    made = translog.publish(shop.settings, shop.database, lambda: moment)
    if made is not None:
        with shop.database.writing() as session:
            watching.watch(shop.settings, session, made, moment)
            session.commit()


def _greet(shop: Shop, data: Path) -> None:
    width = max(len(address) for address, _about in build.accounts())
    say(f"\nThe demo school stands in {data.resolve()}. Everyone in it is made up.\n")
    for address, about in build.accounts():
        say(f"  {address:{width}}  {about}")
    say(f"\nPassword for all: {build.PASSWORD}")
    say(f"Everyone else: lms user list --data {data}")
    say(f"Open {shop.settings.base_url}   Stop with Ctrl-C.\n")
