"""The pages of the preview: a tree as its learner will see it, and what is to be found in it.

The doors have the names they have in the platform, so that its templates lead to them unchanged.
"""

from base64 import b64decode
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from lms.cli.watch import Watch
from lms.content import constructs, drafts
from lms.content.findings import Finding
from lms.content.images import shown
from lms.content.places import authors_guide
from lms.content.render import to_be_resolved
from lms.domain.curriculum import Module, Section

learn = Blueprint("learn", __name__)
guides = Blueprint("guides", __name__)
desk = Blueprint("desk", __name__)

_NO_PROGRAM = SimpleNamespace(program=SimpleNamespace(id=""))
"""Stands for a learner's way through a program, which a tree does not have."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The tree that is shown."""

    root: Path
    watch: Watch


def preview() -> Preview:
    """The tree of this application."""
    return cast(Preview, current_app.extensions["preview"])


def _findings() -> tuple[Finding, ...]:
    return preview().watch.findings or ()


@desk.get("/changed")
def changed() -> dict[str, str | bool]:
    """Whether a page that was made at the token ``since`` would be another one now."""
    return {"changed": g.token != request.args.get("since"), "token": g.token}


@desk.get("/findings")
def findings() -> str:
    """All findings, by file."""
    return render_template("preview/findings.html", pages=_pages(_findings()))


@desk.get("/authoring")
def authoring() -> str:
    """How to write, with each example as it comes out."""
    try:
        page = authors_guide().read_text("utf-8")
    except OSError:
        abort(404)
    parts = [replace(part, html=_led_here(part.html)) for part in constructs.told(page)]
    return render_template("preview/authoring.html", told=parts)


@desk.get("/phone/<module_id>/<section_id>")
def phone(module_id: str, section_id: str) -> str:
    """A section in a frame as wide as a phone."""
    held, here = _section(module_id, section_id)
    return render_template("preview/phone.html", module=held, section=here)


@learn.get("/")
def home() -> str:
    """Every module and guide with what is to be found in it."""
    root = preview().root
    owners = drafts.owners(root)
    return render_template(
        "preview/home.html",
        modules=drafts.modules(root),
        guides=drafts.guides(root),
        counts=Counter(_owner(f, owners) for f in _findings()),
        faulty={_owner(f, owners) for f in _findings() if f.severity == "error"},
    )


@learn.get("/<module_id>")
def module_print(module_id: str) -> str:
    """A module: what it promises, its sections, and what is to be found in its files."""
    root = preview().root
    held = drafts.module(root, module_id) or abort(404)
    owners = drafts.owners(root)
    mine = [f for f in _findings() if _owner(f, owners) == module_id]
    return render_template(
        "preview/module.html",
        module=held,
        mine=mine,
        pages=_pages(mine),
        files=dict(drafts.section_files(root, module_id)),
        counts=Counter(f.file for f in mine),
        faulty={f.file for f in mine if f.severity == "error"},
    )


@learn.get("/<module_id>/<section_id>")
def section(module_id: str, section_id: str) -> str:
    """A section as the learner reads it."""
    root = preview().root
    held, here = _section(module_id, section_id)
    place = held.sections.index(here)
    file = dict(drafts.section_files(root, module_id))[section_id]
    return render_template(
        "preview/section.html",
        way=_NO_PROGRAM,
        module=held,
        section=here,
        html=_led_here(here.html),
        place=place + 1,
        following=held.sections[place + 1] if place + 1 < len(held.sections) else None,
        before=held.sections[place - 1] if place else None,
        is_done=False,
        sources=drafts.sources(root, here.sources),
        mine=[f for f in _findings() if f.file == file],
    )


@learn.get("/learn/images/<digest>.<ext>")
def image(digest: str, ext: str) -> Response:
    """A picture of any module, at the address that published pages have for it."""
    root = preview().root
    address = f"/learn/images/{digest}.{ext}"
    held = (i for m in drafts.modules(root) for i in drafts.images(root, m.id).values())
    found = next((i for i in held if shown(i).address == address), None) or abort(404)
    return Response(b64decode(found.body["base64"]), mimetype=found.body["type"])


@guides.get("/guides")
def all_of_them() -> ResponseReturnValue:
    """Guides stand on the first page."""
    return redirect(url_for("learn.home", _anchor="guides"))


@guides.get("/guides/<guide_id>")
def one(guide_id: str) -> str:
    """A trainer's guide."""
    root = preview().root
    held = drafts.guide(root, guide_id) or abort(404)
    return render_template(
        "preview/guide.html",
        guide=replace(held, html=_led_here(held.html)),
        modules=_titled(held.modules, "curriculum/modules/{}/module.yaml"),
        scenarios=_titled(held.role_plays, "assessments/role-plays/{}.yaml"),
        mine=[f for f in _findings() if f.file == drafts.guide_file(guide_id)],
    )


def _led_here(html: str) -> str:
    """A text's links to sections, which wait for their program, lead to the sections here."""
    return html.replace(to_be_resolved("", "").removesuffix("/"), "/")


def _titled(names: Iterable[str], file: str) -> list[SimpleNamespace]:
    root = preview().root
    return [SimpleNamespace(title=drafts.title_of(root, file.format(n), n)) for n in names]


def _section(module_id: str, section_id: str) -> tuple[Module, Section]:
    held = drafts.module(preview().root, module_id) or abort(404)
    return held, next((s for s in held.sections if s.id == section_id), None) or abort(404)


def _owner(finding: Finding, owners: dict[str, str]) -> str:
    """The module or guide a finding is about, or "" for the rest of the tree."""
    parts = Path(finding.file).parts
    if parts[:2] == ("curriculum", "modules") and len(parts) > 2:
        return parts[2]
    if parts[:2] == ("curriculum", "sessions"):
        return finding.file
    return owners.get(finding.file, "")


def _pages(some: Iterable[Finding]) -> dict[str, str]:
    """The address of the page that shows a file, for those that have one."""
    root = preview().root
    shown = {
        drafts.guide_file(guide.id): url_for("guides.one", guide_id=guide.id)
        for guide in drafts.guides(root)
    }
    for name in {_owner(finding, {}) for finding in some} - {""}:
        shown[f"curriculum/modules/{name}/module.yaml"] = url_for(
            "learn.module_print", module_id=name
        )
        for section_id, file in drafts.section_files(root, name):
            shown[file] = url_for("learn.section", module_id=name, section_id=section_id)
    return shown
