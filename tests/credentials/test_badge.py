"""A credential says what the paper says, is signed, and nobody changes a word of it unseen."""

import json
from dataclasses import replace
from pathlib import Path

import jwt
import pytest
from jsonschema.validators import Draft201909Validator
from openbadgeslib.ob3.did import multikey_from_pem
from openbadgeslib.ob3.ldp import OB3LdpVerifier

from lms.formats import badge, credentials, did, seals
from lms.formats.credentials import NotSigned
from tests.credentials.conftest import AT, BASE, COMPETENCIES, PLACE, RECORD

SCHEMA = json.loads(
    (Path(__file__).parent / "schemas/ob_v3p0_achievementcredential_schema.json").read_text("utf-8")
)


def faults(document) -> list[str]:
    return [fault.message for fault in Draft201909Validator(SCHEMA).iter_errors(document)]


def test_the_standards_own_schema_has_nothing_to_say(document, signed):
    assert faults(document) == []
    assert faults(json.loads(signed)) == []
    assert faults({**document, "credentialSubject": {"type": ["AchievementSubject"]}})


def test_it_says_what_the_paper_says(document, facts):
    subject = document["credentialSubject"]
    achievement = subject["achievement"]
    assert subject["identifier"][0]["identityHash"] == facts.holder
    assert subject["licenseNumber"] == facts.code
    assert document["id"] == f"{BASE}/verify/{facts.code}"
    assert (achievement["name"], achievement["description"]) == (facts.program, facts.statement)
    assert document["issuer"]["name"] == facts.provider
    words = achievement["criteria"]["narrative"]
    for line in (*facts.assessment, *facts.objectives, *facts.instructors, *facts.approvals):
        assert line in words
    named = {one["id"]: one["name"] for one in achievement["resultDescription"]}
    values = {named[one["resultDescription"]]: one.get("value") for one in subject["result"]}
    assert values["Minutes of training"] == "1590"
    assert values["Minutes, Ethics"] == "990"
    assert values["Minutes, Live in person"] == "600"
    assert {one.get("status") for one in subject["result"]} == {None, "Completed"}
    assert [one["targetCode"] for one in achievement["alignment"]] == [c for c, _ in COMPETENCIES]
    assert (document["validFrom"], document["validUntil"]) == (
        "2026-05-06T15:30:00Z",
        "2028-05-08T04:00:00Z",
    )


def test_without_an_end_there_is_none_and_without_a_record_none_is_named(facts):
    times = badge.Times(AT)
    made = badge.badge(replace(facts, expires_on=None), PLACE, times, [], None)
    assert not {"validUntil", "relatedResource"} & set(made)
    assert faults(made) == []


def test_the_same_facts_are_the_same_bytes(document, hand):
    first = credentials.sealed(document, hand, AT)
    assert credentials.sealed(json.loads(json.dumps(document)), hand, AT) == first


def test_another_library_of_the_field_accepts_it(signed, hand):
    verifier = OB3LdpVerifier(pubkey_pem=seals.pem_of(hand.public))
    assert verifier.verify(signed).achievement.name == "Peer Support Foundations"


def test_a_signed_credential_is_read_back(signed, publics, document):
    held = credentials.check(signed, publics)
    assert {name: held[name] for name in document} == document


CHANGES = {
    "the holder": lambda d: d["credentialSubject"]["identifier"][0].update(identityHash="Eve"),
    "the hours": lambda d: d["credentialSubject"]["result"][0].update(value="1591"),
    "the program": lambda d: d["credentialSubject"]["achievement"].update(name="Core"),
    "the end": lambda d: d.update(validUntil="2038-05-08T04:00:00Z"),
    "no end": lambda d: d.pop("validUntil"),
    "no status": lambda d: d.pop("credentialStatus"),
    "another place in the list": lambda d: d["credentialStatus"].update(statusListIndex="1"),
    "another record": lambda d: d["relatedResource"][0].update(digestSRI="sha384-AAAA"),
    "a word nobody signed": lambda d: d.update(honours="with distinction"),
    "an own vocabulary": lambda d: d["@context"].append({"x": "https://x.example/"}),
    "another moment of signing": lambda d: d["proof"].update(created="2027-01-01T00:00:00Z"),
    "another issuer": lambda d: d["issuer"].update(id="did:web:other.example"),
    "the name of the issuer": lambda d: d["issuer"].update(name="Another School"),
    "no proof": lambda d: d.pop("proof"),
    "a proof that is a list": lambda d: d.update(proof=[d["proof"]]),
    "an issuer that is a word": lambda d: d.update(issuer="x"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_is_changed_is_seen(signed, publics, name):
    held = json.loads(signed)
    CHANGES[name](held)
    with pytest.raises(NotSigned):
        credentials.check(json.dumps(held).encode(), publics)


def test_a_key_of_someone_else_signs_nothing_for_us(document, publics, tmp_path):
    seals.make(tmp_path / "theirs", seals.CREDENTIALS)
    pem = seals.private_pem(tmp_path / "theirs", seals.CREDENTIALS)
    public = seals.public_bytes(tmp_path / "theirs", seals.CREDENTIALS)
    forged = credentials.sealed(document, credentials.Hand(did.of(BASE), pem, public), AT)
    with pytest.raises(NotSigned, match="not among those given"):
        credentials.check(forged, publics)
    (name,) = publics
    renamed = json.loads(forged)
    renamed["proof"]["verificationMethod"] = name
    with pytest.raises(NotSigned, match="does not hold"):
        credentials.check(json.dumps(renamed).encode(), publics)


@pytest.mark.parametrize("held", [b"", b"[]", b"{", b"\xff", b"{}", b"[" * 200_000, b" " * 400_000])
def test_what_is_no_credential_is_refused_in_words(held, publics):
    with pytest.raises(NotSigned):
        credentials.check(held, publics)


def test_the_token_says_the_same_and_others_check_it(document, hand):
    token = credentials.token(document, hand, AT)
    key = jwt.PyJWK(did.document(hand.did, [hand.public])["verificationMethod"][1]["publicKeyJwk"])
    claims = jwt.decode(token, key, algorithms=["EdDSA"])
    assert {name: claims[name] for name in document} == document
    assert (claims["iss"], claims["jti"]) == (did.of(BASE), document["id"])


def test_the_record_is_bound_by_its_very_bytes(document):
    (named,) = document["relatedResource"]
    assert named["digestSRI"] == badge.digest_of(RECORD) != badge.digest_of(RECORD + b" ")


DIDS = [
    ("https://learn.example", "did:web:learn.example"),
    ("http://127.0.0.1:8000", "did:web:127.0.0.1%3A8000"),
    ("https://learn.example/peer school", "did:web:learn.example:peer%20school"),
]


@pytest.mark.parametrize(("base", "name"), DIDS)
def test_an_installation_has_a_name_that_leads_to_its_keys(base, name):
    assert did.of(base) == name


def test_the_document_of_keys_is_written_as_others_write_it(hand):
    made = did.document(hand.did, [hand.public, bytes(32)])
    first, second, web, _other = made["verificationMethod"]
    assert first["publicKeyMultibase"] == multikey_from_pem(seals.pem_of(hand.public))
    assert did.publics_in(made) == {first["id"]: hand.public, second["id"]: bytes(32)}
    assert web["publicKeyJwk"]["crv"] == "Ed25519"
    assert made["assertionMethod"] == [one["id"] for one in made["verificationMethod"]]
    damaged = {"verificationMethod": [{"id": "a", "publicKeyMultibase": "z0"}, "b", {}]}
    assert did.publics_in(damaged) == {}
