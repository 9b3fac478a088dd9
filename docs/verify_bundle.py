#!/usr/bin/env python3
"""Check a certificate with a sealed bundle of the school, and with nothing else of theirs.

    python verify_bundle.py certificate.pdf BUNDLE_FOLDER [--key "line of the log's key"]

Works when the school is gone: no server, no network, no code of theirs. The bundle holds the whole
public log up to its day. The script takes the record out of the PDF, makes its commitment, looks
for the entry, makes the root of the log anew, checks the signature under it, and looks whether a
later entry took the certificate back. Exit 0: entered, and not taken back up to the bundle's day.
Compare what it prints with the page, line by line: the script does not read the page.

The key stands in the bundle too; give one that you had before from a source you trust, or a forger
could have made both. Needs Python 3.8 and the package "cryptography". Formats: RFC 6962, c2sp.org.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
import zlib
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MOST = 300_000


class No(Exception):
    """It does not hold; the message says why."""


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def record_in(pdf):
    """The record inside a PDF: the stream that is JSON with entry, salt and record."""
    for start in re.finditer(rb"stream\r?\n", pdf):
        packed = pdf[start.end() : start.end() + MOST]
        try:
            text = zlib.decompressobj().decompress(packed, MOST)
        except zlib.error:
            text = packed.split(b"endstream")[0].strip()
        if text.startswith(b'{"entry":'):
            held = json.loads(text)
            if {"entry", "salt", "record"} <= set(held):
                return held
    raise No("The PDF carries no record. It was printed or saved anew, or is not the school's.")


def entries_of(bundle):
    """Every entry of the log, in order, from the bundles of entries."""
    found = []
    folder = bundle / "log/tile/entries"
    files = [path for path in folder.rglob("*") if path.is_file()]
    # x001/234 is number 1234; a part of one is 234.p/17.
    numbered = [(re.sub(r"\.p/.*|\D", "", str(path.relative_to(folder))), path) for path in files]
    for _number, path in sorted(numbered, key=lambda one: int(one[0])):
        held, at = path.read_bytes(), 0
        while at < len(held):
            end = at + 2 + int.from_bytes(held[at : at + 2], "big")
            found.append(held[at + 2 : end])
            at = end
    return found


def root_of(leaves):
    """The root over leaf hashes, by the definition of RFC 6962 2.1, level by level."""
    if not leaves:
        return sha256(b"")
    while len(leaves) > 1:
        pairs = [sha256(b"\x01", *leaves[n : n + 2]) for n in range(0, len(leaves) - 1, 2)]
        leaves = pairs + leaves[2 * len(pairs) :]
    return leaves[0]


def read_key(line):
    """(name, key id, 32 bytes) of the line of a key."""
    name, stated, text = line.strip().split("+", 2)
    held = base64.b64decode(text, validate=True)
    if sha256(name.encode(), b"\n", held)[:4].hex() != stated or len(held) != 33 or held[0] != 1:
        raise No("The key of the log is damaged.")
    return name, bytes.fromhex(stated), held[1:]


def checkpoint_of(bundle, given):
    """(size, root) of the newest checkpoint, if the key signed it."""
    text, _, below = (bundle / "log/checkpoint").read_text("utf-8").rpartition("\n\n")
    lines = [line.split(" ") for line in below.splitlines()]
    keys = [given] if given else (bundle / "log/key").read_text("utf-8").splitlines()
    for name, key_id, public in map(read_key, keys):
        for _dash, signer, value in lines:
            signed = base64.b64decode(value)
            if signer == name and signed[:4] == key_id:
                try:
                    check = Ed25519PublicKey.from_public_bytes(public).verify
                    check(signed[4:], f"{text}\n".encode())
                except InvalidSignature:
                    raise No("The signature under the log does not hold.") from None
                origin, size, root = text.split("\n")[:3]
                if origin != name:
                    raise No("The checkpoint is of another log than the key.")
                return int(size), base64.b64decode(root)
    raise No("No key signed this log.")


def check(pdf, bundle, key):
    """(index, record, how it ended or None, size of the log). Raises No."""
    held = record_in(pdf)
    entry, record = held["entry"].encode(), held["record"].encode()
    made = sha256(bytes.fromhex(held["salt"]), record).hex()
    if len(held["salt"]) != 64 or made != json.loads(entry)["commitment"]:
        raise No("The record in the PDF was changed: it is not the one that was entered.")
    size, root = checkpoint_of(bundle, key)
    entries = entries_of(bundle)[:size]
    if len(entries) != size or root_of([sha256(b"\x00", one) for one in entries]) != root:
        raise No("The log in the bundle is not the one that was signed.")
    if entry not in entries:
        raise No("The record is not in the log: issued after the bundle was made, or never.")
    index = entries.index(entry)
    later = [(n, json.loads(one)) for n, one in enumerate(entries)]
    ended = [(n, one["kind"]) for n, one in later if one.get("prev_index") == index]
    return index, json.loads(record), ended[0] if ended else None, size


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pdf", type=Path)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--key", help="the line of the log's key, had from elsewhere")
    given = parser.parse_args()
    try:
        index, record, ended, size = check(given.pdf.read_bytes(), given.bundle, given.key)
        made = json.loads((given.bundle / "MANIFEST.json").read_text("utf-8"))["made_at"]
    except No as stop:
        sys.exit(f"NOT PROVED: {stop}")
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as fault:
        sys.exit(f"NOT PROVED: a file cannot be read or is damaged: {fault!r}")
    print(json.dumps(record, indent=2, ensure_ascii=False))
    print(f"ENTERED: entry {index} of {size}.")
    if ended:
        sys.exit(f"ENDED by entry {ended[0]} ({ended[1]}). It does not count any more.")
    print(f"Not taken back up to {made}. Ask the school, or a newer bundle, about later.")


if __name__ == "__main__":
    main()
