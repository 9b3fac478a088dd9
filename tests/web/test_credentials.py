"""Certificates for machines: whoever fetches them can check them, and a revocation is seen."""

import json

import pytest
from openbadgeslib import baking
from sqlalchemy import select

from lms.formats import badge, credentials, did, key_ring, seals
from lms.jobs import credential_work
from lms.models.certificates import Certificate
from lms.models.credentials import Credential
from lms.models.people import Person
from lms.records import credentials as records
from lms.records import issuing, translog
from tests.credentials_kept import opened, sign_credentials
from tests.log_kept import holder, many, revoke
from tests.school import HOST, School

_PLACES = select(Credential.list_number, Credential.list_index).order_by(Credential.certificate_id)


@pytest.fixture
def mine(school: School):
    person, row = holder(school)
    sign_credentials(school)
    return person, row


def keys_of(school: School) -> dict[str, bytes]:
    return did.publics_in(opened(school.browser().open("/.well-known/did.json")))


def placed(school: School, row: Certificate) -> Credential:
    with school.database.reading() as session:
        return records.of(session, row)


def list_of(school: School) -> dict:
    answer = school.browser().open("/status/revocation/1")
    return credentials.check(answer.response.data, keys_of(school))


def test_the_holder_downloads_a_credential_that_the_published_keys_check(school: School, mine):
    person, row = mine
    answer = school.browser(person).open(f"/certificates/{row.code}/credential.json")
    held = credentials.check(answer.response.data, keys_of(school))
    assert held["issuer"]["id"] == did.of(HOST)
    assert held["credentialSubject"]["identifier"][0]["identityHash"] == person.name
    assert held["credentialSubject"]["achievement"]["alignment"]
    assert answer.response.mimetype == "application/vc"
    record = school.browser().open(f"/verify/{row.code}/record.json").response.data
    assert credentials_digest(record) == held["relatedResource"][0]["digestSRI"]
    assert json.loads(json.loads(record)["record"])["holder"] == person.name


def credentials_digest(record: bytes) -> str:
    return badge.digest_of(record)


@pytest.mark.parametrize("form", ["svg", "png"])
def test_a_picture_carries_the_same_credential(school: School, mine, form):

    person, row = mine
    data = school.browser(person).open(f"/certificates/{row.code}/credential.{form}").response.data
    if form == "png":
        inside = baking.extract_png(data, keyword=baking.ITXT_KEYWORD_OB3)
    else:
        inside = baking.extract_svg(data, element=baking.SVG_ELEMENT_OB3, text_fallback=True)
    text = inside if isinstance(inside, str) else inside.decode()
    assert text == placed(school, row).badge


def test_until_it_is_signed_the_page_says_that_it_is_being_made(school: School):
    person, row = holder(school)
    browser = school.browser(person)
    assert browser.open(f"/certificates/{row.code}/credential.json").status == 202
    assert browser.open("/certificates/all.json").status == 202
    assert browser.open(f"/certificates/{row.code}/credential.exe").status == 404
    assert school.browser().open("/status/revocation/1").status == 404


def test_a_revocation_sets_the_bit_and_no_answer_says_valid(school: School, mine):
    _person, row = mine
    index = placed(school, row).list_index
    assert not credentials.is_set(list_of(school), index)
    assert (
        opened(school.browser().open(f"/verify/{row.code}", Accept="application/json"))["valid"]
        is True
    )
    revoke(school, row)
    sign_credentials(school)
    assert credentials.is_set(list_of(school), index)
    told = opened(school.browser().open(f"/verify/{row.code}", Accept="application/json"))
    assert (told["valid"], told["state"]) == (False, "revoked")


def test_a_replaced_certificate_sets_its_bit_and_gives_no_name_away(school: School, mine):
    person, row = mine
    with school.database.writing() as session:
        old, who = session.get_one(Certificate, row.id), session.get_one(Person, person.id)
        newer = issuing.reissue(session, school.now, old, who, "Ana Diaz", school.office, who)
        session.commit()
    sign_credentials(school)
    held = list_of(school)
    assert credentials.is_set(held, placed(school, row).list_index)
    assert not credentials.is_set(held, placed(school, newer).list_index)
    assert placed(school, newer).competencies == placed(school, row).competencies
    page = school.browser().open(f"/verify/{row.code}/record.json")
    assert page.status == 404
    assert person.name not in page.text


def test_the_list_is_dated_cached_for_minutes_and_signed_anew_each_day(school: School, mine):
    answer = school.browser().open("/status/revocation/1").response
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in answer.headers
    before = list_of(school)["validFrom"]
    told = (school.settings, school.database, lambda: school.now)
    assert credential_work.publish_lists(*told) == 0
    school.pass_time(hours=25)
    assert credential_work.publish_lists(*told) == 1
    assert list_of(school)["validFrom"] > before
    kind = "application/vc+jwt"
    token = school.browser().open("/status/revocation/1", Accept=kind).response
    assert (token.mimetype, token.text.count(".")) == (kind, 2)


def test_a_list_that_changed_while_it_was_signed_is_not_kept(school: School, mine):
    _person, row = mine
    with school.database.reading() as session:
        (listed,) = records.lists(session)
    revoke(school, row)
    with school.database.writing() as session:
        assert not records.keep_list(session, school.now, listed, "{}", "")
        session.rollback()


def test_a_wallet_fetches_with_a_link_that_ends(school: School, mine, monkeypatch):
    person, row = mine
    page = school.browser(person).open(f"/certificates/{row.code}/wallet")
    link = page.soup.select_one(".address a")["href"].removeprefix(HOST)
    stranger = school.browser()
    assert stranger.open(link).response.text == placed(school, row).badge
    # Not the last sign: of that one a signature uses four bits of six.
    other = "A" if link[-2] != "A" else "B"
    assert stranger.open(link[:-2] + other + link[-1]).status == 404
    monkeypatch.setattr("lms.web.credentials.WALLET_SECONDS", -1)
    assert "seven days" in stranger.open(link).text


def test_all_certificates_of_a_person_are_one_signed_file(school: School, mine):
    person, row = mine
    answer = school.browser(person).open("/certificates/all.json")
    held = credentials.check(answer.response.data, keys_of(school))
    (inside,) = held["credentialSubject"]["verifiableCredential"]
    assert inside["credentialSubject"]["licenseNumber"] == row.code
    revoke(school, row)
    assert school.browser(person).open("/certificates/all.json").response.mimetype == "text/html"


def test_old_papers_verify_after_the_key_was_followed_by_another(school: School, mine):
    _person, row = mine
    before = placed(school, row).badge.encode()
    key_ring.follow(school.settings.data, seals.CREDENTIALS)
    assert len(keys_of(school)) == 2
    assert credentials.check(before, keys_of(school))["id"].endswith(row.code)
    _other, newer = holder(school, "Eva Lund")
    school.pass_time(hours=25)
    sign_credentials(school)
    signed = placed(school, newer).badge.encode()
    assert credentials.check(signed, keys_of(school))["id"].endswith(newer.code)
    first, second = (json.loads(one)["proof"]["verificationMethod"] for one in (before, signed))
    assert first != second


def test_without_a_key_papers_wait_and_nothing_is_lost(school: School):
    _person, row = holder(school)
    seals.place(school.settings.data, seals.CREDENTIALS).unlink()
    with pytest.raises(seals.NoKey, match="papers wait"):
        credential_work.ensure(school.settings, school.database, lambda: school.now, row.id)
    assert school.browser().open("/.well-known/did.json").status == 404
    seals.make(school.settings.data, seals.CREDENTIALS)
    sign_credentials(school)
    assert placed(school, row).badge


def test_no_two_certificates_share_a_place(school: School):
    _person, row = holder(school)
    with school.database.writing() as session:
        for one in many(session, row, 40):
            records.begin(session, one, [])
        session.commit()
    with school.database.reading() as session:
        found = session.execute(_PLACES).all()
    assert len(set(map(tuple, found))) == len(found) == 41
    assert [index for _number, index in found] != sorted(index for _number, index in found)


def test_a_full_list_is_followed_by_the_next(school: School, monkeypatch):
    _person, row = holder(school)
    taken = placed(school, row).list_index
    monkeypatch.setattr("lms.records.credentials.secrets.randbelow", lambda _most: taken)
    with school.database.writing() as session:
        (one,) = many(session, row, 1)
        records.begin(session, one, [])
        assert records.of(session, one).list_number == 2
        session.rollback()


def test_whose_salt_was_deleted_has_no_record_to_show(school: School, mine):
    _person, row = mine
    with school.database.writing() as session:
        translog.forget(session, school.now, session.get_one(Certificate, row.id), None)
        session.commit()
    assert school.browser().open(f"/verify/{row.code}/record.json").status == 404
