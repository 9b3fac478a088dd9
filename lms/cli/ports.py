"""Whether a port can be had, told before a server is started."""

import socket

from lms.cli.talk import Refusal

_PORTS = 65536


def refuse_if_taken(host: str, port: int) -> None:
    """Raise Refusal when something else listens there, or nothing can."""
    if not 0 < port < _PORTS:
        raise Refusal(f"{port} is no port. Ports go from 1 to {_PORTS - 1}: --port 8000")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise Refusal(
                f"Port {port} on {host} cannot be used ({fault.strerror}). "
                f"Something else may be running there. Choose another: --port {port + 1}"
            ) from fault
