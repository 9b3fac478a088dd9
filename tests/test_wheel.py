"""The product as a package: built from the tree, installed, and run far from the checkout."""

import os
import socket
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from time import monotonic
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parent.parent
PATIENCE_SECONDS = 90


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(out.glob("peerpath-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A fresh environment with the wheel in it, and the packages it needs lent by this one."""
    place = tmp_path_factory.mktemp("installed")
    venv.create(place, symlinks=True)
    pip = [sys.executable, "-m", "pip", "--python", str(place / "bin" / "python"), "--quiet"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", str(wheel)], check=True)
    site = next(place.glob("lib/python*/site-packages"))
    # Appended and not added as a site, so that this checkout's own link is not followed.
    lent = f"import sys; sys.path.append({sysconfig.get_path('purelib')!r})\n"
    (site / "lent.pth").write_text(lent, encoding="utf-8")
    return place / "bin"


@pytest.fixture
def elsewhere(tmp_path):
    """Runs a command of the installed package in a folder that has nothing to do with us."""

    def run(*command):
        environ = {name: value for name, value in os.environ.items() if name[:4] != "LMS_"}
        return subprocess.Popen(
            [str(part) for part in command],
            cwd=tmp_path,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    return run


def answer(url, server):
    """The page at url once the server is up; what the server said if it stopped instead."""
    deadline = monotonic() + PATIENCE_SECONDS
    while monotonic() < deadline:
        try:
            return urlopen(url, timeout=5).read().decode()  # noqa: S310  # our own address
        except (URLError, ConnectionError):
            try:
                server.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue
        pytest.fail(f"The server stopped:\n{server.stdout.read()}")
    return pytest.fail(f"{url} did not answer within {PATIENCE_SECONDS} seconds")


@pytest.mark.parametrize(
    "part",
    [
        "lms/_content/curriculum/modules/",
        "lms/_content/assessments/items/",
        "lms/_content/templates/base.html",
        "lms/content/schemas/",
        "lms/content/skeleton/curriculum/modules/ID/en/01-the-moment.md",
        "lms/content/skeleton/assessments/role-plays/ID-conversation.yaml",
        "lms/_content/docs/authoring.md",
        "lms/_content/docs/packs.md",
        "lms/_content/curriculum/requirements/",
        "lms/formats/record.json",
        "lms/_content/templates/preview/home.html",
        "lms/static/preview.js",
        "lms/migrations/versions/",
        "lms/static/app.css",
        "lms/static/fonts/",
        "dist-info/licenses/LICENSE",
        "dist-info/licenses/curriculum/LICENSE",
    ],
)
def test_the_wheel_holds_everything_a_running_school_needs(wheel, part):
    assert any(part in name for name in zipfile.ZipFile(wheel).namelist())


def test_the_wheel_holds_no_tests_and_no_leftovers(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert [n for n in names if n.startswith("tests/") or n.endswith((".pyc", ".sqlite"))] == []


def test_the_installed_package_is_the_wheel_and_not_the_checkout(installed, elsewhere):
    where = elsewhere(installed / "python", "-c", "import lms; print(lms.__file__)")
    assert where.communicate()[0].startswith(str(installed.parent))


def test_the_installed_content_passes_its_own_check(installed, elsewhere):
    check = elsewhere(installed / "lms", "content", "check")
    said = check.communicate()[0]
    assert check.returncode == 0, said


def test_the_wheel_serves_the_demo_from_any_folder(installed, elsewhere, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = elsewhere(installed / "lms", "demo", "--data", tmp_path / "school", "--port", port)
    try:
        assert "Peerpath" in answer(f"http://127.0.0.1:{port}/", server)
        assert "--" in answer(f"http://127.0.0.1:{port}/static/app.css", server)
    finally:
        server.terminate()
        server.communicate(timeout=30)
