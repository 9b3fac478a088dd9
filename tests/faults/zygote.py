"""Holds the program ready imported and forks a web server from it: a restart in tenths of a second.

Takes a folder for compiled templates. Reads a port a line, answers with the process group of a
server on it, and ends with its input.
"""

import ctypes
import os
import signal
import sys

from flask import Flask
from jinja2 import FileSystemBytecodeCache

from lms.cli.serve import web_server

PR_SET_CHILD_SUBREAPER = 36


def serve(port: int) -> None:
    """Be a server with a process group of its own, as ``lms serve`` is."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with open(os.devnull) as nothing:  # noqa: PTH123  # the file of a descriptor
        os.dup2(nothing.fileno(), 0)
    web_server("127.0.0.1", port, 1).serve()


def main() -> None:
    """Fork a server for every line. Killed workers become our children, and are gone at once."""
    # Compiling templates would be most of what a fresh server does in its short life.
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(sys.argv[1])}
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        group = os.fork()
        if group == 0:
            serve(int(line))
            os._exit(0)
        print(group, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
