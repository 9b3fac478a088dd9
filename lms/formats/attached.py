"""Files inside a paper: what a machine reads where people read the page."""

from dataclasses import dataclass

CREDENTIAL, RECORD = "credential.json", "record.json"
"""The signed credential, and the record with what opens its entry in the public log."""


@dataclass(frozen=True, slots=True)
class Attached:
    """One file inside a PDF. Its dates are the day of the paper, so that bytes come out alike."""

    name: str
    description: str
    body: bytes


def record(body: bytes) -> Attached:
    """The frozen record of a certificate, as it was entered in the public log."""
    return Attached(RECORD, "The record, with what opens its entry in the public log", body)


def credential(body: bytes) -> Attached:
    """The same as a signed credential (Open Badges 3.0)."""
    return Attached(CREDENTIAL, "The certificate as a signed credential, Open Badges 3.0", body)
