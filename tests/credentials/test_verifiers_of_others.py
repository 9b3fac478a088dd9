"""Verifiers that other people wrote accept ours, refuse a changed word, and see a revocation."""

import json
import subprocess
from pathlib import Path
from shutil import which

import openbadgeslib
import pytest

from lms.formats import credentials, did
from tests.credentials.conftest import AT, BASE, PLACE

HERE = Path(__file__).parent / "verifiers"
CONTEXTS = Path(openbadgeslib.__file__).parent / "ob3" / "contexts"
ADDRESSES = {
    "credentials-v2.json": "https://www.w3.org/ns/credentials/v2",
    "ob-v3p0-context-3.0.3.json": "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "ob-v3p0-extensions.json": "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
    "clr_context_2.0.1.json": "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
    "security-data-integrity-v2.json": "https://w3id.org/security/data-integrity/v2",
    "security-multikey-v1.json": "https://w3id.org/security/multikey/v1",
}


@pytest.fixture(scope="module")
def node() -> str:
    found = which("node")
    if found is None or not (HERE / "node_modules").is_dir():
        pytest.skip("Node or the verifiers are not here: npm ci in tests/credentials/verifiers")
    return found


@pytest.fixture
def ask(node, hand):
    """What both say of a credential, with the published keys and a list with these bits set."""

    def asked(held: dict, revoked: tuple[int, ...] = ()) -> dict:
        made = credentials.status_list(BASE, 1, revoked, AT)
        contexts = {
            address: json.loads((CONTEXTS / name).read_text("utf-8"))
            for name, address in ADDRESSES.items()
        }
        documents = contexts | {
            f"{BASE}/.well-known/did.json": did.document(hand.did, [hand.public]),
            f"{BASE}/status/revocation/1": json.loads(credentials.sealed(made, hand, AT)),
        }
        told = json.dumps({"credential": held, "documents": documents})
        done = subprocess.run(
            [node, "verify.mjs"],
            check=False,
            cwd=HERE,
            input=told,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return asked


def test_both_accept_a_badge_of_ours(ask, signed):
    said = ask(json.loads(signed))
    assert said["digitalBazaar"] == {"verified": True, "status": [False], "error": ""}
    assert said["digitalCredentials"]["log"]["valid_signature"] is True
    assert said["digitalCredentials"]["log"]["revocation_status"] is True


def test_both_refuse_one_changed_word(ask, signed):
    held = json.loads(signed)
    held["credentialSubject"]["achievement"]["name"] = "Peer Support Core"
    said = ask(held)
    assert said["digitalBazaar"]["verified"] is False
    assert said["digitalCredentials"]["errors"] == ["invalid_signature"]


def test_both_see_that_it_was_revoked(ask, signed):
    said = ask(json.loads(signed), revoked=(PLACE.index,))
    assert said["digitalBazaar"]["status"] == [True]
    assert said["digitalCredentials"]["log"]["revocation_status"] is False


def test_a_record_of_several_badges_is_accepted_and_a_changed_one_is_not(
    ask, signed, document, hand
):
    made = credentials.collection(f"{BASE}/clr/1", document["issuer"], "Ana", [signed], AT)
    held = json.loads(credentials.sealed(made, hand, AT))
    assert ask(held)["digitalBazaar"]["verified"] is True
    held["credentialSubject"]["identifier"][0]["identityHash"] = "Eve"
    assert ask(held)["digitalBazaar"]["verified"] is False
