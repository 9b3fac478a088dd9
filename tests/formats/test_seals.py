"""A signature holds for the very bytes it was made for, and can be checked without us."""

import base64
import os
import shutil
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from lms.formats import seals
from lms.formats.seals import SHEETS, Broken, NoKey, Signature

HELD = b"%PDF-1.7 a sheet"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    seals.make(tmp_path, SHEETS)
    return tmp_path


def test_the_key_is_its_owners_alone_and_kept_when_made_again(data: Path):
    path = seals.place(data, SHEETS)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    before = path.read_bytes()
    assert seals.make(data, SHEETS) == path
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_of_many_who_make_it_at_once_one_key_stands(tmp_path: Path):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: seals.make(tmp_path, f"k{n % 2}"), range(8)))
    assert sorted(one.name for one in (tmp_path / "keys").iterdir()) == ["k0.pem", "k1.pem"]


def test_the_same_bytes_have_the_same_signature_and_it_holds(data: Path):
    made = seals.sign(data, SHEETS, HELD)
    assert made == seals.sign(data, SHEETS, HELD)
    seals.check(data, SHEETS, HELD, seals.read(str(made).encode()))
    # A mail program or an editor may change how lines end.
    seals.check(
        data, SHEETS, HELD, seals.read(b"\xef\xbb\xbf" + str(made).replace("\n", "\r\n").encode())
    )


def test_every_changed_byte_breaks_it(data: Path):
    made = seals.sign(data, SHEETS, HELD)
    for place in range(len(HELD)):
        changed = HELD[:place] + bytes([HELD[place] ^ 1]) + HELD[place + 1 :]
        with pytest.raises(Broken, match="changed or saved anew"):
            seals.check(data, SHEETS, changed, made)


def test_a_signature_of_another_key_or_of_nobody_is_named(data: Path, tmp_path: Path):
    other = tmp_path / "other"
    seals.make(other, SHEETS)
    with pytest.raises(Broken, match="Another school, or an older key"):
        seals.check(data, SHEETS, HELD, seals.sign(other, SHEETS, HELD))
    ours = seals.sign(data, SHEETS, HELD)
    with pytest.raises(Broken, match="not made by us"):
        seals.check(data, SHEETS, HELD, Signature(ours.key_id, ours.file_digest, b"\0" * 64))


@pytest.mark.parametrize(
    "held",
    [
        b"", b"hello", b"\xff\xfe\x00", b"peerpath signature 1\n", HELD,
        b"peerpath signature 1\ned25519: not base64!\n", b"peerpath signature 1\ned25519: YQ==\n",
        b"peerpath signature 2\ned25519: " + base64.b64encode(b"x" * 64), b"x" * 100_000,
    ],
)  # fmt: skip
def test_a_file_that_is_no_signature_is_refused_in_a_sentence(held: bytes):
    with pytest.raises(Broken, match=r"name ends in \.sig"):
        seals.read(held)


def test_without_a_key_the_way_to_one_is_said(tmp_path: Path):
    with pytest.raises(NoKey, match="lms init"):
        seals.sign(tmp_path, SHEETS, HELD)
    path = seals.place(tmp_path, SHEETS)
    path.parent.mkdir()
    path.write_text("nonsense")
    with pytest.raises(NoKey, match="cannot be read"):
        seals.public_pem(tmp_path, SHEETS)
    rsa = generate_private_key(65537, 2048)
    path.write_bytes(rsa.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(NoKey, match="another kind"):
        seals.public_id(tmp_path, SHEETS)


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl")
def test_openssl_alone_can_check_it(data: Path, tmp_path: Path):
    sheet, signature, public = (tmp_path / name for name in ("sheet", "raw", "public.pem"))
    sheet.write_bytes(HELD)
    public.write_text(seals.public_pem(data, SHEETS))
    made = str(seals.sign(data, SHEETS, HELD))
    signature.write_bytes(base64.b64decode(made.rsplit("ed25519: ", 1)[1]))
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-rawin"]
    said = subprocess.run(
        [*command, "-inkey", str(public), "-in", str(sheet), "-sigfile", str(signature)],
        capture_output=True,
        check=False,
        text=True,
        env={"PATH": os.environ["PATH"]},
    )
    assert "Verified Successfully" in said.stdout
