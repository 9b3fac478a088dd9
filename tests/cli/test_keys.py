"""Keys: listed, followed by new ones, copied away, and lost; old papers go on verifying."""

import os

import pytest

from lms.formats import key_ring, pades, seals
from lms.jobs import outbox
from lms.records import certificates
from tests.cli.conftest import Lms
from tests.log_kept import checked, holder, many, publish, with_key
from tests.school import School


def doctor(lms: Lms, name: str) -> tuple[str, str]:
    (line,) = (line for line in lms("doctor", "--json").json if line["check"] == name)
    return line["state"], line["words"]


def whole(shop: School) -> School:
    seals.make_all(shop.settings.data)
    return shop


def test_every_key_is_listed_with_the_earlier_ones(shop: School, lms: Lms):
    whole(shop)
    before = lms("keys", "list", "--json").json
    assert [row["purpose"] for row in before] == ["credentials", "log", "result-sheets"]
    assert lms("keys", "follow", "credentials", "--yes").code == 0
    after = lms("keys", "list", "--json").json
    assert after[0]["key"] != before[0]["key"]
    assert after[0]["earlier"] == [before[0]["key"]]
    assert after[1:] == before[1:]


def test_a_sheet_of_the_old_key_goes_on_verifying(shop: School, lms: Lms, tmp_path):
    data = whole(shop).settings.data
    sheet = tmp_path / "sheet.csv"
    sheet.write_bytes(b"a,b\n")
    sheet.with_name("sheet.csv.sig").write_text(str(seals.sign(data, seals.SHEETS, b"a,b\n")))
    assert lms("sheet", "verify", sheet).code == 0
    lms("keys", "follow", "result-sheets", "--yes")
    assert lms("sheet", "verify", sheet).code == 0
    sheet.write_bytes(b"a,c\n")
    lms("sheet", "verify", sheet).refused("changed or saved anew")
    (old,) = (data / "keys").glob("result-sheets.*.pub")
    old.unlink()
    lms("sheet", "verify", sheet).refused("an older key that is not here")


def test_a_name_of_a_key_is_never_a_path(shop: School, lms: Lms, tmp_path):
    data = whole(shop).settings.data
    signature = seals.Signature("../../etc/passwd", "", bytes(64))
    with pytest.raises(seals.Broken, match="Another school"):
        seals.check(data, seals.SHEETS, b"x", signature)


def test_the_log_goes_on_under_a_new_key(shop: School, lms: Lms):
    _person, row = holder(with_key(whole(shop)))
    assert publish(shop) is not None
    lms("keys", "follow", "log", "--yes")
    with shop.database.writing() as session:
        many(session, row, 3)
        session.commit()
    assert publish(shop) is not None
    found = checked(shop)
    assert (found.size, found.signed, found.bad) == (4, 4, None)
    assert lms("log", "verify").code == 0
    assert len(shop.browser().open("/log/key").response.text.splitlines()) == 2


def test_doctor_reminds_until_the_keys_were_copied(shop: School, lms: Lms):
    data = whole(shop).settings.data
    assert doctor(lms, "keys")[0] == "warning"
    assert "Nobody noted" in lms("keys", "list").out
    lms("keys", "copied")
    assert doctor(lms, "keys")[0] == "ok"
    assert "Copied away on" in lms("keys", "list").out
    os.utime(data / "keys" / key_ring.COPIED, (0, 0))
    assert doctor(lms, "keys")[0] == "warning"
    (data / "keys").chmod(0o755)
    assert doctor(lms, "keys")[0] == "fault"


def test_papers_are_signed_once_a_key_for_it_is_there(shop: School, lms: Lms):
    state, words = doctor(lms, "key of PDFs")
    assert (state, "no signature" in words) == ("ok", True)
    assert lms("keys", "pdf").code == 0
    assert "holds 18" in doctor(lms, "key of PDFs")[1]
    _person, row = holder(with_key(whole(shop)))
    workshop = outbox.Workshop(shop.settings, shop.database, shop.shelf, lambda: shop.now)
    outbox.run_due(workshop)
    with shop.database.reading() as session:
        found = certificates.paper_of_version(
            session, row, certificates.paper_version(session, row, "certificate")
        )
    assert b"/ETSI.CAdES.detached" in found.pdf
    assert found.sha256 != found.unsigned_sha256
    pades.place(shop.settings.data).write_bytes(b"x")
    assert doctor(lms, "key of PDFs")[0] == "fault"


def test_the_drill_for_a_lost_key(shop: School, lms: Lms):
    path = seals.place(whole(shop).settings.data, seals.CREDENTIALS)
    held = path.read_bytes()
    path.unlink()
    state, words = doctor(lms, "key of credentials")
    assert (state, "papers wait" in words) == ("fault", True)
    lms("keys", "list").refused("papers wait")
    lms("keys", "follow", "credentials", "--yes").refused("papers wait")
    path.write_bytes(held)
    path.chmod(0o600)
    assert doctor(lms, "key of credentials")[0] == "ok"
