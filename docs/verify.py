#!/usr/bin/env python3
"""Check a Peerpath proof file without Peerpath: no server, no network, no code of theirs.

    python verify.py certificate.tlog-proof log-key.txt
    python verify.py certificate.tlog-proof log-key.txt --witness board-key.txt --checkpoint old.txt

The key is the line the school shows at /log/key; get it once from a source you trust and keep it.
A checkpoint from elsewhere (a sealed bundle, a witness, last year's copy) must say the same of the
log at that size. Exit 0: this record was entered in the log as it is printed below. Compare it with
the paper, line by line. It says nothing about what came later: a revocation stands on the school's
page, or in a dated status list.

Needs Python 3.8 or newer and the package "cryptography". Formats: RFC 6962 and c2sp.org.
"""

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class No(Exception):
    """The proof does not hold; the message says why."""


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def read_key(given):
    """(name, key id, type, public key) of a line name+id+key, or of a file that begins with it."""
    text = Path(given).read_text("utf-8") if Path(given).is_file() else given
    name, stated, key = text.split("\n")[0].strip().split("+", 2)
    held = base64.b64decode(key, validate=True)
    key_id = sha256(name.encode(), b"\n", held)[:4]
    if key_id.hex() != stated or len(held) != 33 or held[0] not in (1, 4):
        raise No("The key is damaged or of a kind this script does not know.")
    return name, key_id, held[0], held[1:]


def read_note(note):
    """The text that was signed, and its signature lines."""
    text, _, below = note.rpartition("\n\n")
    lines = [line.split(" ") for line in below.splitlines()]
    return text + "\n", [(name, base64.b64decode(held)) for _dash, name, held in lines]


def check_signature(note, key):
    """When a witness signed (0 for the log itself). Raises No."""
    text, lines = read_note(note)
    name, key_id, kind, public = key
    for signer, held in lines:
        if signer != name or held[:4] != key_id:
            continue
        value, message, moment = held[4:], text, 0
        if kind == 4:
            moment, value = int.from_bytes(value[:8], "big"), value[8:]
            message = f"cosignature/v1\ntime {moment}\n{text}"
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(value, message.encode())
        except InvalidSignature:
            raise No(f"The signature of {name} does not hold.") from None
        return moment
    raise No(f"There is no signature by this key of {name}.")


def read_checkpoint(note, key):
    """(size, root) of a checkpoint that this key signed."""
    check_signature(note, key)
    origin, size, root = read_note(note)[0].split("\n")[:3]
    if origin != key[0]:
        raise No(f"The checkpoint is of another log: {origin}")
    return int(size), base64.b64decode(root, validate=True)


def climb(index, size, leaf, path):
    """The root a proof leads to, by the definition of RFC 6962 2.1.1 turned round."""
    if size == 1:
        if path or index:
            raise No("The proof does not fit the size of the log.")
        return leaf
    if not path:
        raise No("The proof is too short.")
    half = 1 << ((size - 1).bit_length() - 1)
    if index < half:
        return sha256(b"\x01", climb(index, half, leaf, path[:-1]), path[-1])
    return sha256(b"\x01", path[-1], climb(index - half, size - half, leaf, path[:-1]))


def check(proof, key, other=None):
    """(index, size, root, entry, record or None). Raises No."""
    head, _, note = proof.partition("\n\n")
    first, extra, index, *path = head.split("\n")
    if first != "c2sp.org/tlog-proof@v1" or not extra.startswith("extra "):
        raise No("This is no proof file of a certificate.")
    size, root = read_checkpoint(note, key)
    if other is not None and (size, root) != read_checkpoint(other, key):
        raise No("The other checkpoint says something else: of the same size, tell the board.")
    held = json.loads(base64.b64decode(extra[len("extra ") :]))
    index = int(index[len("index ") :])
    if not 0 <= index < size:
        raise No("The log has no entry of this number.")
    leaf = sha256(b"\x00", held["entry"].encode())
    if climb(index, size, leaf, [base64.b64decode(line) for line in path]) != root:
        raise No("The entry is not in the log that was signed.")
    return index, size, root, json.loads(held["entry"]), opened(held)


def opened(held):
    """The record, if it is there and is the one the entry was made from. Raises No."""
    if "record" not in held:
        return None
    salt, record = bytes.fromhex(held["salt"]), held["record"]
    made = sha256(salt, record.encode()).hex()
    if len(salt) != 32 or made != json.loads(held["entry"])["commitment"]:
        raise No("The record is not the one that was entered in the log: it was changed.")
    return json.loads(record)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("proof", type=Path)
    parser.add_argument("key", help="the line of the log's key, or a file that holds it")
    parser.add_argument("--checkpoint", type=Path, help="a checkpoint had from elsewhere")
    parser.add_argument("--witness", action="append", default=[], help="key of a witness")
    given = parser.parse_args()
    try:
        proof = given.proof.read_text("utf-8")
        other = given.checkpoint.read_text("utf-8") if given.checkpoint else None
        index, size, root, entry, record = check(proof, read_key(given.key), other)
        keys = [read_key(one) for one in given.witness]
        seen = [(key[0], check_signature(proof.partition("\n\n")[2], key)) for key in keys]
    except No as stop:
        sys.exit(f"NOT PROVED: {stop}")
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as fault:
        sys.exit(f"NOT PROVED: a file cannot be read or is damaged: {fault!r}")
    print(f"PROVED: entry {index} ({entry['kind']}) is in the log of {size} entries.")
    print(f"root {root.hex()}")
    for name, moment in seen:
        print(f"seen by {name} at {moment} seconds since 1970-01-01 UTC")
    print(json.dumps(record, indent=2, ensure_ascii=False) if record else "No record is shown.")


if __name__ == "__main__":
    main()
