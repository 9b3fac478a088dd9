"""A status list: signed, dated, and one bit for each certificate that does not hold any more."""

import json

import pytest

from lms.formats import credentials, did
from lms.formats.credentials import ENTRIES, NotSigned
from tests.credentials.conftest import AT, BASE


def test_exactly_the_bits_that_were_asked_for_are_set(hand, publics):
    chosen = {0, 7, 8, 94_567, ENTRIES - 1}
    made = credentials.status_list(BASE, 1, chosen, AT)
    held = credentials.check(credentials.sealed(made, hand, AT), publics)
    for n in (0, 1, 6, 7, 8, 9, 94_566, 94_567, ENTRIES - 2, ENTRIES - 1):
        assert credentials.is_set(held, n) == (n in chosen)
    assert held["id"] == f"{BASE}/status/revocation/1"
    assert held["validFrom"] == "2026-05-06T15:30:00Z"


def test_a_list_that_was_changed_is_refused(hand, publics):
    made = credentials.status_list(BASE, 1, {5}, AT)
    other = credentials.status_list(BASE, 1, set(), AT)
    held = json.loads(credentials.sealed(made, hand, AT))
    held["credentialSubject"]["encodedList"] = other["credentialSubject"]["encodedList"]
    with pytest.raises(NotSigned):
        credentials.check(json.dumps(held).encode(), publics)


@pytest.mark.parametrize("subject", [None, {}, {"encodedList": "u!!"}, {"encodedList": 3}, "x"])
def test_what_is_no_list_is_refused(subject):
    with pytest.raises(NotSigned):
        credentials.is_set({"credentialSubject": subject}, 1)


def test_several_badges_are_one_record_of_a_person(hand, publics, signed, document):
    made = credentials.collection(f"{BASE}/clr/1", document["issuer"], "Ana", [signed], AT)
    held = credentials.check(credentials.sealed(made, hand, AT), publics)
    (inside,) = held["credentialSubject"]["verifiableCredential"]
    assert credentials.check(json.dumps(inside).encode(), publics)["id"] == document["id"]
    assert did.of(BASE) == held["issuer"]["id"]
