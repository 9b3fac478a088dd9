"""Each number in our packs is the one in the sources: against a table transcribed apart from them.

The tables (tests/content/figures) were written from domain.md 3 by someone who had not seen the
packs. A difference is settled by domain.md, never by copying one side to the other.
"""

from collections import Counter

import pytest

from tests.content.transcribed import (
    TABLES,
    Row,
    figures,
    nearest,
    read_plain,
    rows,
    versions,
    written_packs,
)

CONFIDENCE = read_plain(TABLES / "confidence.yaml")
SURE = {pack: sure for sure, packs in CONFIDENCE["versions"].items() for pack in packs.split()}
PROFILES = {row.pack: row.sources for row in rows()}


@pytest.mark.parametrize("row", rows(), ids=str)
def test_the_figure_in_the_pack_is_the_one_transcribed(row: Row):
    held = figures(row.pack, row.version)
    assert row.path in held, "no such figure in the pack"
    assert (type(held[row.path]), held[row.path]) == (type(row.value), row.value)


@pytest.mark.parametrize(("pack", "version"), sorted(versions()))
def test_no_figure_stands_in_a_pack_that_was_not_transcribed(pack: str, version: str):
    transcribed = {row.path for row in rows() if (row.pack, row.version) == (pack, version)}
    assert set(figures(pack, version)) - transcribed == set()


@pytest.mark.parametrize(("pack", "version"), sorted(versions()))
def test_a_version_rests_on_the_sources_of_its_profile_the_newest_on_all(pack: str, version: str):
    body = versions()[pack, version]
    held, profile = set(body["sources"]), PROFILES[pack]
    assert held
    assert held <= profile
    if body is written_packs()[pack]["versions"][0]:
        assert held == profile


@pytest.mark.parametrize("row", [row for row in rows() if row.named], ids=str)
def test_a_figure_whose_source_the_profile_names_rests_on_it(row: Row):
    assert row.named <= set(nearest(row.pack, row.version, row.path, "sources"))


@pytest.mark.parametrize("pack", sorted(written_packs()))
def test_a_pack_is_as_sure_as_its_profile(pack: str):
    assert written_packs()[pack]["versions"][0]["confidence"] == SURE[pack]
    newest = written_packs()[pack]["versions"][0]["id"]
    parts = CONFIDENCE["figures"].get(pack, {})
    held = {path: nearest(pack, newest, path, "confidence") for path in parts}
    assert held == parts


def test_each_figure_was_transcribed_once_and_all_forty_profiles_have_some():
    seen = Counter(map(str, rows()))
    assert [name for name, times in seen.items() if times > 1] == []
    assert set(PROFILES) == set(SURE) == set(written_packs())
    assert len(PROFILES) == 40
