"""Every command explains itself, and a slip of the keyboard is met with the nearest command."""

import re
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from lms.cli import lms as top
from lms.cli.talk import json_option
from tests.cli.conftest import Lms


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        elif not command.hidden:
            yield (*path, name)


ALL = sorted(commands(top))
WITHOUT_EXAMPLE = {("version",)}


def test_the_commands_of_the_contract_are_there():
    promised = {
        "init", "serve", "demo", "doctor", "version", "user add", "user reset", "user disable",
        "user list", "content check", "content publish", "content move", "content coverage",
        "content new module", "content preview", "cert issue", "cert revoke", "cert show",
        "cert verify", "db upgrade", "db check", "packs check", "packs show", "packs diff",
        "packs evaluate",
    }  # fmt: skip
    assert promised <= {" ".join(path) for path in ALL}


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_help_says_what_a_command_does_and_shows_it_used(lms: Lms, path: tuple[str, ...]):
    ran = lms(*path, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: lms {' '.join(path)}")
    if path not in WITHOUT_EXAMPLE:
        assert re.search(rf"^  lms {' '.join(path)}\b", ran.out, re.MULTILINE), ran.out


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["usr"], "'user'"),
        (["doctr"], "'doctor'"),
        (["content", "chek"], "'check'"),
        (["cert", "verfy"], "'verify'"),
        (["user", "add", "a@b.example", "--rol", "board"], "--role"),
    ],
)
def test_a_typo_is_answered_with_the_nearest_word(lms: Lms, typed: list[str], meant: str):
    ran = lms(*typed)
    ran.refused(meant, code=2)
    assert "--help" in ran.err


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        (["cert", "verify"], "FILE_OR_CODE"),
        (["cert", "issue", "a@b.example"], "PROGRAM"),
        (["cert", "revoke", "X", "--yes"], "--reason"),
        (["user", "add", "a@b.example"], "--role"),
        (["user", "add", "a@b.example", "--role", "king"], "king"),
        (["init", "--provider", "P"], "--base-url"),
        (["init", "--base-url", "https://a.example"], "--provider"),
        (["serve", "--port", "many"], "many"),
        (["serve", "--workers", "0"], "--workers"),
        (["content", "check", "--root", "/nowhere/at/all"], "/nowhere/at/all"),
        (["doctor", "--data", __file__], "is a file"),
        (["version", "now"], "now"),
    ],
)
def test_what_a_command_cannot_do_without_is_named(lms: Lms, typed: list[str], missing: str):
    lms(*typed).refused(missing, code=2)


@pytest.mark.parametrize("words", [[], ["cert"], ["user"], ["content"], ["db"]])
def test_a_group_alone_shows_what_there_is(lms: Lms, words: list[str]):
    ran = lms(*words)
    assert ran.code == 2
    assert "Commands:" in ran.out + ran.err


def test_the_version_is_data_on_stdout(lms: Lms):
    ran = lms("version")
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", ran.out)
    assert lms("--version").out == ran.out


def test_python_m_lms_is_the_same_command():
    ran = subprocess.run(
        [sys.executable, "-m", "lms", "vesion"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert ran.stderr.startswith("error: No such command 'vesion'. Did you mean 'version'?")


def test_stopping_a_command_says_that_nothing_more_changed(
    lms: Lms, monkeypatch: pytest.MonkeyPatch
):
    def interrupted(**_values: object) -> None:
        raise KeyboardInterrupt

    doctor = top.get_command(click.Context(top), "doctor")
    monkeypatch.setattr(doctor, "callback", interrupted)
    ran = lms("doctor")
    assert ran.code == 130
    assert "error: Stopped. Nothing more was changed." in ran.err


def test_the_option_for_json_is_the_same_everywhere():
    @click.command()
    @json_option
    def some(as_json: bool) -> None: ...

    promised = some.params[0].opts
    for path in (("doctor",), ("user", "list"), ("cert", "show"), ("cert", "verify")):
        command: click.Command = top
        for word in path:
            assert isinstance(command, click.Group)
            command = command.get_command(click.Context(command), word)
        assert promised in [p.opts for p in command.params]
