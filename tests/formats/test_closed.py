"""Printing reads nothing but its facts and our fonts, and leaves the environment as it was."""

import os
import select
import socket
from dataclasses import fields, replace

import pytest

from lms.domain.certificate import Facts, HourLine
from lms.formats import fonts

TEXTS = [f.name for f in fields(Facts) if f.type is str and not f.name.endswith("_on")]
LISTS = ["objectives", "assessment", "instructors", "approvals"]


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


@pytest.mark.parametrize(
    "attack",
    [
        '<img src="{url}">',
        '<link rel="stylesheet" href="{url}">',
        "<style>@import url({url})</style>",
        '<p style="background: url({url})">',
        '"><svg><image href="{url}"/></svg>',
        '<object data="{url}"></object>',
        '<iframe src="{url}"></iframe>',
        '<img src="file:///etc/passwd"> {url}',
        "</style></title><base href={url}>",
    ],
)
def test_a_fact_fetches_nothing_and_prints_as_text(paper, read, facts, listener, attack):
    text = attack.format(url=f"http://127.0.0.1:{listener.getsockname()[1]}/x")
    kept = {"code", "verify_at", "replaces"}
    hostile = replace(
        facts,
        **{name: text for name in TEXTS if name not in kept},
        **dict.fromkeys(LISTS, (text,)),
        hours=(HourLine(text, text, 60),),
    )
    pdf = paper(hostile)
    assert select.select([listener], [], [], 0)[0] == []
    assert text.replace(" ", "") in read(pdf).replace(" ", "")
    assert pdf.count(b"/Subtype /Image") == paper(facts).count(b"/Subtype /Image")


@pytest.mark.parametrize("before", [None, "/theirs/fonts.conf"])
def test_the_environment_is_put_back(monkeypatch, before):
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    if before:
        monkeypatch.setenv("FONTCONFIG_FILE", before)
    kept = dict(os.environ)
    with fonts.alone(), fonts.alone():
        assert os.environ["FONTCONFIG_FILE"].startswith(str(fonts.FOLDER))
    assert dict(os.environ) == kept


def test_the_fonts_come_with_their_licence():
    assert "SIL OPEN FONT LICENSE" in (fonts.FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert len(fonts.bundled()) == 8
