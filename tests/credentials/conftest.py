"""One certificate as a credential, signed by a key made for the test."""

from datetime import UTC, datetime

import pytest

from lms.formats import badge, credentials, did, seals
from lms.formats.credentials import Hand
from tests.formats.conftest import facts

__all__ = ["facts"]

AT = datetime(2026, 5, 6, 15, 30, tzinfo=UTC)
BASE = "https://learn.example"
PLACE = badge.Place(1, 94_567)
COMPETENCIES = [("VIII.2", "Acts when someone may be in danger."), ("XI.1", "Keeps limits.")]
RECORD = b'{"entry":"{}","record":"{}","salt":"00"}'


@pytest.fixture
def hand(tmp_path) -> Hand:
    seals.make(tmp_path, seals.CREDENTIALS)
    public = seals.public_bytes(tmp_path, seals.CREDENTIALS)
    return Hand(did.of(BASE), seals.private_pem(tmp_path, seals.CREDENTIALS), public)


@pytest.fixture
def publics(hand) -> dict[str, bytes]:
    return did.publics_in(did.document(hand.did, [hand.public]))


@pytest.fixture
def document(facts):
    times = badge.Times(AT, datetime(2028, 5, 8, 4, 0, tzinfo=UTC))
    return badge.badge(facts, PLACE, times, COMPETENCIES, RECORD)


@pytest.fixture
def signed(document, hand) -> bytes:
    return credentials.sealed(document, hand, AT)
