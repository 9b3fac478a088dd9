"""The key of sheets, and checking a sheet from the command line."""

from pathlib import Path

from lms.formats import seals
from tests.cli.conftest import Lms
from tests.school import School


def test_a_sheet_is_checked_with_its_signature(shop: School, lms: Lms, tmp_path: Path):
    data = shop.settings.data
    seals.make(data, seals.SHEETS)
    sheet = tmp_path / "sheet.csv"
    sheet.write_bytes(b"row,answer\n")
    lms("sheet", "verify", sheet).refused("There is no signature")
    beside = sheet.with_name("sheet.csv.sig")
    beside.write_text(str(seals.sign(data, seals.SHEETS, sheet.read_bytes())))
    assert "byte for byte what we signed" in lms("sheet", "verify", sheet).out
    told = lms("sheet", "verify", sheet, "--json").json
    assert told["key"] == seals.public_id(data, seals.SHEETS)
    elsewhere = beside.rename(tmp_path / "elsewhere.sig")
    assert lms("sheet", "verify", sheet, "--signature", elsewhere).code == 0
    sheet.write_bytes(b"row,answer!\n")
    lms("sheet", "verify", sheet, "--signature", elsewhere).refused("changed or saved anew")
    lms("sheet", "verify", sheet, "--signature", sheet).refused("not a signature of ours")


def test_the_doctor_looks_at_the_key(shop: School, lms: Lms):
    def line() -> dict[str, str]:
        return next(one for one in lms("doctor", "--json").json if one["check"] == "key of sheets")

    assert line()["state"] == "fault"
    assert "lms init" in line()["words"]
    path = seals.make(shop.settings.data, seals.SHEETS)
    assert line()["state"] == "ok"
    assert "0 days old" in line()["words"]
    path.chmod(0o644)
    assert "chmod 600" in line()["words"]
