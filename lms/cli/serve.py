"""``lms serve``: web workers and one job worker, nothing else to start."""

import multiprocessing
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import click
from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.server.common import AbstractServer

from lms.app import configure_logs, create_app, utc_now
from lms.cli import db
from lms.cli.ports import refuse_if_taken
from lms.cli.shop import Shop, open_shop
from lms.cli.talk import Refusal, data_option, say
from lms.config import Settings, load
from lms.formats import papers
from lms.jobs.outbox import Workshop
from lms.jobs.parents import end_with_parent
from lms.jobs.queue import Queue
from lms.models.database import Database
from lms.records.shelf import Shelf

_RESTART_SECONDS = 2.0
_LAST_JOB_SECONDS = 5.0


def _queue(settings: Settings, shelf: Shelf, database: Database) -> Queue:
    workshop = Workshop(settings, database, shelf, utc_now)
    return Queue(settings, lambda: workshop)


def application() -> Flask:
    """The application of a web worker, from the environment."""
    started_by = multiprocessing.parent_process()
    end_with_parent(started_by.pid if started_by and started_by.pid else os.getppid())
    settings = load()
    configure_logs(settings.log_level)
    database = Database(settings.database_url)
    shelf = Shelf(database)
    shelf.current()
    queue = _queue(settings, shelf, database)
    return create_app(settings, database=database, shelf=shelf, poke=queue.poke)


def refuse_unless_ready(shop: Shop, host: str, port: int) -> None:
    """Raise Refusal or NothingPublished when the school cannot be served there."""
    db.refuse_unless_current(shop.database)
    shop.shelf.current()
    refuse_if_taken(host, port)


class Worker:
    """The job worker beside the web workers: started again when it dies."""

    def __init__(self, data: Path) -> None:
        self._command = [sys.executable, "-m", "lms", "work", "--data", str(data)]
        self._command += ["--parent", str(os.getpid())]
        self._stopping = threading.Event()
        # Before any web worker is forked: a fork in the middle of it would hold its pipe open.
        self._process = self._begin()
        threading.Thread(target=self._again, daemon=True).start()

    def _begin(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._command)  # noqa: S603 - our own command

    def _again(self) -> None:
        self._process.wait()
        while not self._stopping.wait(_RESTART_SECONDS):
            self._process = self._begin()
            self._process.wait()

    def stop(self) -> None:
        """End it and wait until it has ended; a job that takes longer is done again later."""
        self._stopping.set()
        self._process.terminate()
        try:
            self._process.wait(timeout=_LAST_JOB_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def web_server(host: str, port: int, workers: int) -> AbstractServer[Any]:
    """The web workers, each with an :func:`application` of its own."""
    return Granian(
        "lms.cli.serve:application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=8,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=15,
    )


def run(shop: Shop, host: str, port: int, workers: int) -> None:
    """Serve until told to stop."""
    refuse_unless_ready(shop, host, port)
    shop.database.close()
    os.environ["LMS_DATA"] = str(shop.settings.data)
    jobs = Worker(shop.settings.data)
    try:
        web_server(host, port, workers).serve()
    finally:
        jobs.stop()


@click.command()
@data_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Web workers."
)
def serve(data: Path, host: str, port: int, workers: int) -> None:
    """Serve the platform: web workers and one job worker. Put a proxy with TLS before it.

    \b
    lms serve
    lms serve --host 0.0.0.0 --port 8080
    """
    shop = open_shop(data)
    refuse_unless_ready(shop, host, port)
    say(f"Serving {shop.settings.base_url} from {host}:{port}. Stop with Ctrl-C.")
    run(shop, host, port, workers)


@click.command(hidden=True)
@data_option
@click.option("--parent", type=int, help="The process to end with; the one that started us.")
def work(data: Path, parent: int | None) -> None:
    """The job worker; ``lms serve`` starts it."""
    end_with_parent(parent or os.getppid())
    settings = load(data)
    configure_logs(settings.log_level)
    if fault := papers.ready():
        raise Refusal(fault)
    database = Database(settings.database_url)
    queue = _queue(settings, Shelf(database), database)
    queue.poke()
    queue.consumer().run()
    # A job may be in the middle of a page: waiting for its thread has hung, and it is done again.
    os._exit(0)
