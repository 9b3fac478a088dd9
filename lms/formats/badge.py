"""A certificate as an Open Badges 3.0 credential: the paper's facts in the standard's own fields.

Open Badges 3.0 (1EdTech) is a W3C Verifiable Credential. What the standard has no field for stands
in the record, whose very bytes the credential names by their digest.
"""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha384
from typing import Any

from lms.domain.certificate import Facts, in_hours
from lms.formats import did
from lms.formats.sheets import public_address

CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
]
SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)
FRAMEWORK = "SAMHSA Core Competencies for Peer Workers"
REVOCATION = "revocation"
"""What a bit of our status lists says: not to be relied on. Open Badges allows one such purpose."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bit of a certificate stands: the number of the list, and the place in it."""

    number: int
    index: int


@dataclass(frozen=True, slots=True)
class Times:
    """When a credential was issued, and the moment from which it does not hold any more."""

    issued: datetime
    ends: datetime | None = None


def base_of(facts: Facts) -> str:
    """The address of the installation that issued these facts."""
    return public_address(facts).removesuffix(f"/verify/{facts.code}")


def badge(
    facts: Facts,
    place: Place,
    times: Times,
    competencies: Iterable[tuple[str, str]],
    record: bytes | None,
) -> dict[str, Any]:
    """The credential, not signed yet. ``competencies`` are SAMHSA ids with what they ask for.

    The holder is named and not hashed: the file is the holder's own, and a board has to read it.
    """
    base, address = base_of(facts), public_address(facts)
    body: dict[str, Any] = {
        "@context": CONTEXTS,
        "id": address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": facts.program,
        "issuer": _issuer(facts, base),
        "validFrom": stamp(times.issued),
        "credentialSubject": _subject(facts, base, competencies),
        "credentialStatus": _status(base, place),
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }
    if times.ends is not None:
        body["validUntil"] = stamp(times.ends)
    if record is not None:
        body["relatedResource"] = [
            {
                "id": f"{address}/record.json",
                "digestSRI": digest_of(record),
                "mediaType": "application/json",
            }
        ]
    return body


def digest_of(record: bytes) -> str:
    """The digest by which a credential names the bytes of its record (Subresource Integrity)."""
    return f"sha384-{base64.b64encode(sha384(record).digest()).decode()}"


def stamp(moment: datetime) -> str:
    """A moment as credentials write it, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _issuer(facts: Facts, base: str) -> dict[str, Any]:
    issuer = {"id": did.of(base), "type": ["Profile"], "name": facts.provider, "url": base}
    if facts.provider_address:
        issuer["description"] = facts.provider_address
    return issuer


def _subject(facts: Facts, base: str, competencies: Iterable[tuple[str, str]]) -> dict[str, Any]:
    program = f"{base}/curriculum/{facts.program_id}"
    results = [
        (f"{program}#{facts.edition}-{n}", *result) for n, result in enumerate(_results(facts))
    ]
    achievement = {
        "id": f"{program}#{facts.edition}",
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "name": facts.program,
        "description": facts.statement,
        "version": facts.edition,
        "humanCode": facts.program_id,
        "criteria": {"id": program, "narrative": _criteria(facts)},
        "alignment": [_alignment(*one) for one in competencies],
        "resultDescription": [
            {"id": named, "type": ["ResultDescription"], "name": name, "resultType": kind}
            for named, name, kind, _result in results
        ],
    }
    return {
        "type": ["AchievementSubject"],
        "identifier": [named(facts.holder)],
        "licenseNumber": facts.code,
        "activityStartDate": f"{facts.started_on}T00:00:00Z",
        "activityEndDate": f"{facts.completed_on}T00:00:00Z",
        "achievement": achievement,
        "result": [
            {"type": ["Result"], "resultDescription": named, **result}
            for named, _name, _kind, result in results
        ],
    }


def named(holder: str) -> dict[str, Any]:
    """A person by name, as credentials say it."""
    return {
        "type": "IdentityObject",
        "identityHash": holder,
        "identityType": "name",
        "hashed": False,
    }


def _criteria(facts: Facts) -> str:
    parts: list[tuple[str, Sequence[str]]] = [
        ("Assessment", facts.assessment),
        ("What the training teaches", facts.objectives),
        ("Instructors", facts.instructors),
        ("Approvals", facts.approvals),
    ]
    hours = f"{in_hours(facts.minutes)} of training.\n"
    return hours + "".join(
        f"\n{title}:\n" + "".join(f"- {line}\n" for line in lines)
        for title, lines in parts
        if lines
    )


def _results(facts: Facts) -> Iterable[tuple[str, str, dict[str, Any]]]:
    """Name, kind and value of each result: minutes as whole numbers, and what was passed."""
    yield "Minutes of training", "ext:Minutes", {"value": str(facts.minutes)}
    for topic, minutes in facts.topics.items():
        yield f"Minutes, {topic}", "ext:Minutes", {"value": str(minutes)}
    for way, minutes in facts.modalities.items():
        yield f"Minutes, {way}", "ext:Minutes", {"value": str(minutes)}
    for passed in facts.assessment:
        yield passed, "Status", {"status": "Completed"}


def _alignment(competency: str, text: str) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetCode": competency,
        "targetName": text,
        "targetFramework": FRAMEWORK,
        "targetType": "CFItem",
        "targetUrl": f"urn:samhsa:core-competencies:peer-workers:{competency}",
    }


def list_address(base: str, number: int) -> str:
    """Where a status list is published."""
    return f"{base}/status/{REVOCATION}/{number}"


def _status(base: str, place: Place) -> dict[str, Any]:
    listed = list_address(base, place.number)
    return {
        "id": f"{listed}#{place.index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": REVOCATION,
        "statusListIndex": str(place.index),
        "statusListCredential": listed,
    }
