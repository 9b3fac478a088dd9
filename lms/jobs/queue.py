"""The queue between web workers and the job worker: huey over a file in the data folder."""

import logging
import sqlite3
from collections.abc import Callable

from huey import SqliteHuey, crontab
from huey.consumer import Consumer

from lms.config import Settings
from lms.jobs.outbox import (
    Workshop,
    hand_in_overdue,
    keep_lists_fresh,
    remind_of_expiry,
    run_due,
)

_log = logging.getLogger("lms.jobs")


class Queue:
    """Wakes the worker after a commit; the outbox itself says what there is to do."""

    def __init__(self, settings: Settings, workshop: Callable[[], Workshop]) -> None:
        self._huey = SqliteHuey(
            "peerpath", filename=str(settings.data / "queue.sqlite"), utc=True, results=False
        )
        self._poke = self._huey.task(name="run_outbox")(lambda: run_due(workshop()))
        self._huey.periodic_task(crontab(minute="*"), name="every_minute")(
            lambda: (hand_in_overdue(workshop()), run_due(workshop()))
        )
        self._huey.periodic_task(crontab(minute="17"), name="every_hour")(
            lambda: (keep_lists_fresh(workshop()), remind_of_expiry(workshop()))
        )

    def poke(self) -> None:
        """Ask the worker to look at the outbox soon. It looks every minute in any case, so a queue
        that cannot be written never fails what was just committed.
        """
        try:
            self._poke()
        except sqlite3.Error as fault:
            _log.warning("the worker could not be woken: %s", fault)

    def consumer(self) -> Consumer:
        """The worker: one thread that looks for work and keeps the minute."""
        return Consumer(
            self._huey, workers=1, periodic=True, initial_delay=0.1, backoff=1.3, max_delay=1.0
        )
