"""The preview: every page as its learner sees it, whatever is wrong with the files."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from lms.cli import preview_app
from lms.cli.preview_pages import Preview
from lms.cli.watch import Job, Watch
from lms.content.callouts import LABELS
from lms.content.constructs import told
from lms.content.places import authors_guide
from tests.cli.conftest import Lms
from tests.content.conftest import plant
from tests.pictures import png

TODAY = date(2026, 11, 22)
SECTION = "curriculum/modules/listening/en/02-part-2.md"
MODULE = "curriculum/modules/listening/module.yaml"
GUIDE = "curriculum/sessions/meeting.md"
PAGES = [
    "/", "/listening", "/listening/part-1", "/listening/part-5", "/phone/listening/part-1",
    "/guides/meeting", "/findings", "/authoring",
]  # fmt: skip


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small tree without a fault."""
    return plant(tmp_path)


def client_of(tree: Path, do: Callable[[Job], None] = lambda job: job()) -> FlaskClient:
    watch = Watch(tree, authors_guide(), lambda: TODAY, do)
    app = shared_app()
    app.extensions["preview"] = Preview(tree, watch)
    return app.test_client()


@cache
def shared_app() -> Flask:
    """One application for all trees: compiling templates would be most of what the tests do."""
    nowhere = Path("nowhere")
    return preview_app.create(nowhere, Watch(nowhere, nowhere, lambda: TODAY))


@pytest.fixture
def client(tree: Path) -> FlaskClient:
    """The preview, whose checks are done before a page goes out."""
    return client_of(tree)


def page(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    """A page: whole, with one heading, the title that says it, and ids that stand once."""
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status)
    shown = BeautifulSoup(answer.text, "html.parser")
    (h1,) = shown.select("h1")
    assert shown.title.text.startswith(h1.text)
    ids = [element["id"] for element in shown.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {e["aria-labelledby"] for e in shown.select("[aria-labelledby]")} <= set(ids)
    return shown


def edit(tree: Path, name: str, old: str, new: str) -> None:
    path = tree / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_a_sound_tree_is_shown_and_nothing_is_found(
    client: FlaskClient, address: str
):
    shown = page(client, address)
    assert shown.select_one('nav[aria-label="Main"] a[href="/findings"]').text == "Findings (0)"
    assert not shown.select(".notice-stop")


def test_every_link_of_the_pages_leads_somewhere(client: FlaskClient):
    links = {
        link["href"] for address in PAGES for link in page(client, address).select("main a, nav a")
    }
    # The page for authors points at a section of the real content.
    inside = {href for href in links if href.startswith("/")} - {"/crisis-support/asking-plainly"}
    assert {href: client.get(href).status_code for href in inside} == {
        href: 302 if href == "/guides" else 200 for href in inside
    }


def test_a_section_looks_as_in_the_platform_and_leads_on(client: FlaskClient):
    shown = page(client, "/listening/part-2")
    assert shown.select_one(".step").text.strip() == "Listening, section 2 of 5"
    assert shown.select_one(".prose .callout-say blockquote").text.strip() == '"Tell me more."'
    assert shown.select_one(".prose a")["href"] == "/listening/part-1"
    assert shown.select_one('a[rel="prev"]')["href"] == "/listening/part-1"
    assert shown.select_one(".buttons a")["href"] == "/listening/part-3"
    assert "A guide, An agency, 2015" in " ".join(shown.select_one(".fold li").text.split())
    assert not shown.select("form")
    last = page(client, "/listening/part-5")
    assert last.select_one(".buttons a")["href"] == "/listening"


def test_on_a_phone_the_page_stands_in_a_frame_and_only_our_own(client: FlaskClient):
    frame = page(client, "/phone/listening/part-2").select_one("iframe")
    assert (frame["width"], frame["src"]) == ("360", "/listening/part-2")
    policy = client.get("/phone/listening/part-2").headers["Content-Security-Policy"]
    assert "frame-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "default-src 'none'" in policy


def test_in_the_frame_nothing_stands_that_a_learner_does_not_see(tree: Path):
    edit(tree, SECTION, "[I.2]", "[I.9]")
    client = client_of(tree)
    assert "/findings" in str(page(client, "/listening/part-2").main)
    framed = client.get("/listening/part-2", headers={"Sec-Fetch-Dest": "iframe"}).text
    assert "/findings" not in str(BeautifulSoup(framed, "html.parser").main)


def test_a_guide_looks_as_in_the_platform_without_its_paper(client: FlaskClient):
    shown = page(client, "/guides/meeting")
    assert "People hear each other out." in shown.select_one(".lede").text
    facts = {row.dt.text: row.dd.text for row in shown.select(".facts > div")}
    assert facts == {
        "Counts as": "1 h", "Breaks": "10 min", "Read before": "Listening",
        "Role-plays": "At the door",
    }  # fmt: skip
    assert "Exercise: two chairs" in shown.select_one(".prose").text
    assert not shown.select(".buttons")


def test_findings_are_counted_where_they_belong_and_listed_with_their_page(tree: Path):
    edit(tree, SECTION, "Ana asks", "The homeless Ana asks")
    edit(tree, "assessments/quizzes/listening.yaml", "count: 6", "count: 66")
    client = client_of(tree)
    home = page(client, "/")
    tags = {row.select_one(".task-title").text: row.select_one(".tag").text
            for row in home.select(".person")}  # fmt: skip
    assert tags == {"Listening": "2 findings", "Meeting": "Nothing found"}
    assert "The content has 1 error" in home.select_one(".notice-stop").text
    listed = page(client, "/findings")
    assert listed.find(id=SECTION).a["href"] == "/listening/part-2"
    assert "Draw fewer, or write more items." in listed.text
    module = page(client, "/listening")
    assert [t.text for t in module.select(".person .tag")].count("1 finding") == 1
    assert "1 finding about this page" in page(client, "/listening/part-2").text
    assert "about this page" not in page(client, "/listening/part-1").text


# A file, what is done to it, and the page that must still show what can be shown.
BREAKS = [
    (SECTION, b"---\ntitle: [\n---\nStill here.\n", "/listening/part-2", "Still here."),
    (SECTION, b"No fields at all, still here.\n", "/listening/part-2", "still here."),
    (SECTION, b"---\ntitle: 7\n", "/listening/part-2", "part-2"),
    (SECTION, b"\xff\xfe", "/listening/part-2", "part-2"),
    (SECTION, b"", "/listening/part-2", "part-2"),
    (SECTION, b"---\n- a list\n---\n/// say\n<b>raw</b>\n", "/listening/part-2", "<b>raw</b>"),
    (MODULE, b"title: 'Listening\n", "/listening/part-1", "listening, section 1 of 5"),
    (MODULE, b"title: Hearing\nobjectives: none\n", "/listening", "Hearing"),
    (GUIDE, b"---\ntitle: Meet\nplan: [3, {minutes: x}, {minutes: 5}]\n---\nText.\n",
     "/guides/meeting", "Meet"),
    (GUIDE, b"---\nplan: 7\nmodules: 3\n", "/guides/meeting", "meeting"),
    ("curriculum/sources.yaml", b"S1: no\n", "/listening/part-1", "Part 1"),
    ("curriculum/competencies.yaml", b"{", "/listening/part-1", "Part 1"),
    ("assessments/items/listening.yaml", b"module: [\n", "/listening", "Listening"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "raw", "address", "words"), BREAKS)
def test_a_broken_file_is_shown_as_far_as_it_goes(
    tree: Path, name: str, raw: bytes, address: str, words: str
):
    (tree / name).write_bytes(raw)
    client = client_of(tree)
    shown = page(client, address)
    assert words in shown.text
    assert shown.select_one('.notice-stop a[href="/findings"]')
    assert name in page(client, "/findings").text
    for other in PAGES:
        page(client, other)


def test_an_empty_tree_has_pages_too(tmp_path: Path):
    (tmp_path / "curriculum").mkdir()
    client = client_of(tmp_path)
    for address in ("/", "/findings", "/authoring"):
        page(client, address)


@pytest.mark.parametrize(
    "address",
    ["/help", "/nobody", "/listening/nobody", "/nobody/part-1", "/guides/nobody", "/../etc",
     "/listening/..%2f..", "/guides/..%2fmodules", "/phone/listening/nobody", "/Listening"],
)  # fmt: skip
def test_what_is_not_there_is_said_on_a_page_that_waits_for_it(client: FlaskClient, address: str):
    shown = page(client, address, 404)
    assert shown.select_one('script[src^="/static/preview.js"]')["data-token"]


def asked(client: FlaskClient, since: str) -> bool:
    return client.get("/changed", query_string={"since": since}).json["changed"]


def token_of(client: FlaskClient, address: str = "/listening/part-2") -> str:
    return page(client, address).select_one("script[data-token]")["data-token"]


def test_a_page_is_told_when_a_file_has_changed(tree: Path, client: FlaskClient):
    token = token_of(client)
    assert not asked(client, token)
    edit(tree, SECTION, "Begin here", "Begin there")
    assert asked(client, token)
    fresh = token_of(client)
    assert fresh != token
    assert not asked(client, fresh)


def test_a_touched_a_new_and_a_lost_file_are_changes(tree: Path, client: FlaskClient):
    seen = [token_of(client)]
    os.utime(tree / SECTION, (1, 1))
    seen.append(token_of(client))
    (tree / "curriculum/modules/listening/en/06-part-6.md").write_text("New.", encoding="utf-8")
    seen.append(token_of(client))
    (tree / GUIDE).unlink()
    seen.append(token_of(client))
    assert len(set(seen)) == len(seen)


def test_pages_do_not_wait_for_the_check_and_show_its_findings_when_it_is_done(tree: Path):
    jobs: list[Job] = []
    edit(tree, SECTION, "[I.2]", "[I.9]")
    client = client_of(tree, jobs.append)
    token = token_of(client)
    assert page(client, "/").select_one(".tag").text == "Checking"
    assert "still running" in page(client, "/findings").text
    (check,) = jobs  # one check, however many pages
    edit(tree, SECTION, "[I.9]", "[I.8]")
    assert asked(client, token)
    check()  # of what there is now
    assert jobs == [check]
    assert '"I.8"' in page(client, "/findings").text
    assert asked(client, token)


def test_a_check_that_fails_does_not_stop_those_after_it(
    tree: Path, monkeypatch: pytest.MonkeyPatch
):
    def mistake(*_given: object) -> None:
        raise ZeroDivisionError

    jobs: list[Job] = []
    watch = Watch(tree, authors_guide(), lambda: TODAY, jobs.append)
    watch.token()
    with monkeypatch.context() as broken:
        broken.setattr("lms.cli.watch.check", mistake)
        with pytest.raises(ZeroDivisionError):
            jobs.pop()()
    assert watch.findings is None
    os.utime(tree / SECTION, (1, 1))
    watch.token()
    jobs.pop()()
    assert watch.findings == ()


def test_a_file_that_may_not_be_read_is_a_finding(tree: Path, monkeypatch: pytest.MonkeyPatch):
    def closed(*_given: object) -> None:
        raise PermissionError(13, "Permission denied", "curriculum/topics.yaml")

    monkeypatch.setattr("lms.cli.watch.check", closed)
    assert "cannot be checked: Permission denied" in page(client_of(tree), "/findings").text


def test_the_page_for_authors_shows_each_example_typed_and_as_it_comes_out(client: FlaskClient):
    text = authors_guide().read_text(encoding="utf-8")
    examples = re.findall(r"^```markdown\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    shown = page(client, "/authoring")
    typed = [source.text.strip() for source in shown.select("pre.source")]
    for example in examples:
        assert example.strip() in typed
    rendered = shown.select(".example")
    assert len(rendered) == len(examples)
    kinds = {kind for box in rendered for each in box.select(".callout, details.answer")
             for kind in each["class"]}  # fmt: skip
    assert {f"callout-{kind}" for kind in LABELS if kind != "answer"} | {"answer"} <= kinds
    for plain in ("h2", "ol", "ul", "table", "strong", "em", ".footnote", 'a[href^="tel:"]'):
        assert any(box.select(plain) for box in rendered), plain


def test_the_page_for_authors_shows_everything_else_of_it_too():
    text = authors_guide().read_text(encoding="utf-8")
    parts = list(told(text))
    for example in re.findall(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        assert any(part.source.strip() == example.strip() for part in parts)
    for heading in re.findall(r"^## (\w+[ \w]*)", text.partition("## ")[0], re.MULTILINE):
        assert any(heading in part.html for part in parts)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("address", [*PAGES, "/changed"])
def test_nothing_can_be_sent(client: FlaskClient, method: str, address: str):
    assert client.open(address, method=method).status_code == 405


def test_another_host_name_is_not_answered(client: FlaskClient):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/", headers={"Host": "127.0.0.1:8010"}).status_code == 200


def test_the_script_is_tiny_and_not_needed(client: FlaskClient):
    with client.get("/static/preview.js") as script:
        assert script.mimetype == "text/javascript"
        assert len(script.data) < 2048


def test_the_preview_knows_no_database():
    code = "import sys, lms.cli.authoring; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_command_serves_this_machine_only(
    lms: Lms, tree: Path, monkeypatch: pytest.MonkeyPatch
):
    served = []

    class Server:
        def __init__(self, host: str, port: int, app: object, **_more: object) -> None:
            served.append((host, port, app.extensions["preview"].root))

        def serve_forever(self) -> None: ...

    monkeypatch.setattr(preview_app, "make_server", Server)
    monkeypatch.setattr("lms.cli.watch.beside", lambda job: None)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    ran = lms("content", "preview", "--root", tree, "--port", port)
    assert (ran.code, served) == (0, [("127.0.0.1", port, tree)])
    assert f"http://127.0.0.1:{port}" in ran.err


def test_a_port_in_use_is_refused(lms: Lms, tree: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = lms("content", "preview", "--root", tree, "--port", port)
    ran.refused(f"Port {port} on 127.0.0.1 cannot be used")


@pytest.mark.parametrize("port", [0, 65536, -1])
def test_a_number_that_is_no_port_is_refused(lms: Lms, tree: Path, port: int):
    lms("content", "preview", "--root", tree, "--port", port).refused(f"{port} is no port")


def test_without_the_page_for_authors_the_others_stay(
    client: FlaskClient, tree: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("lms.cli.preview_pages.authors_guide", lambda: tree / "nowhere.md")
    page(client, "/authoring", 404)
    page(client, "/")


def test_a_folder_without_content_is_not_previewed(lms: Lms, tmp_path: Path):
    lms("content", "preview", "--root", tmp_path).refused("no folder curriculum")


def test_a_picture_of_the_module_is_shown(tree: Path):
    folder = tree / "curriculum/modules/listening/images"
    folder.mkdir()
    (folder / "cup.png").write_bytes(png())
    path = tree / SECTION
    path.write_text(path.read_text("utf-8") + "\n![A cup](images/cup.png)\n", encoding="utf-8")
    client = client_of(tree)
    soup = BeautifulSoup(client.get("/listening/part-2").text, "html.parser")
    picture = soup.select_one("main img")
    assert picture["alt"] == "A cup"
    answer = client.get(picture["src"])
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/png", png())
    assert client.get("/learn/images/none.png").status_code == 404
