"""The page of a sealed bundle: it checks a paper from a folder, without any server."""

import pytest
from playwright.sync_api import Browser

from tests.conftest import KIND
from tests.forging import edited, without_files
from tests.school import School
from tests.sealed import sealed


@pytest.mark.skipif(KIND != "sqlite", reason="a bundle is files, the same from both")
def test_a_board_checks_from_a_folder(school: School, chromium: Browser, tmp_path):
    kept = sealed(school)
    folder = kept.written(tmp_path)
    page = chromium.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / "index.html").as_uri())
    for name, words in {
        "Ana Ruiz": "Entered, and not taken back",
        "Ben Okoye": "Taken back",
        "Cara Lind": "Taken back",
    }.items():
        answer = choose(page, tmp_path, kept.papers[name])
        assert words in answer, (name, answer)
        assert name in answer
    assert "Not proved" in choose(page, tmp_path, b"%PDF-1.7 nothing")
    assert "carries no record" in choose(
        page, tmp_path, edited(kept.papers["Ana Ruiz"], without_files)
    )
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []
    page.close()


def choose(page, folder, held: bytes) -> str:
    page.evaluate("document.getElementById('answer').hidden = true")
    file = {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": held}
    page.set_input_files("#file", [])
    page.set_input_files("#file", [file])
    page.wait_for_selector("#answer:not([hidden])")
    return page.inner_text("#answer")
