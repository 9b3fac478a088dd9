"""How slow this machine is just now, so that a promise of speed is held to the code."""

import time

_USUAL = 0.055
"""Seconds of CPU for the loop below on the machines on which the promises were measured."""


def slowness() -> float:
    """How many times as long as usual plain Python takes here, at least once. A tracer counts."""
    best = min(_loop() for _ in range(3))
    return max(1.0, best / _USUAL)


def _loop() -> float:
    began = time.process_time()
    assert sum(n * n for n in range(1_000_000)) > 0
    return time.process_time() - began
