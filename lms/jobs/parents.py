"""A process that must not outlive the one that started it."""

import os
import signal
import threading
import time

_LOOK_SECONDS = 2.0


def end_with_parent(parent: int) -> None:
    """Stop when the process that started us is gone: nothing stays behind to hold a port or a
    database.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
