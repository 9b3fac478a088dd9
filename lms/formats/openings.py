"""What a file of proof carries besides the proof: the entry, and what opens its commitment."""

from lms.content.editions import canonical


def pack(entry: bytes, salt: bytes | None = None, record: bytes | None = None) -> bytes:
    """JSON with the very texts that were hashed, so that nobody has to write them anew.

    Without salt and record the entry can be found in the log, and tells nothing.
    """
    body = {"entry": entry.decode()}
    if salt is not None and record is not None:
        body |= {"salt": salt.hex(), "record": record.decode()}
    return canonical(body)
