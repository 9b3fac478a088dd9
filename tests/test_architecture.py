"""The promises that are easier to break than to notice: who may lean on what, and how big."""

import ast
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from statistics import median

import pytest
from pathspec import GitIgnoreSpec

ROOT = Path(__file__).parent.parent
LMS = ROOT / "lms"
# A migration stays as it was generated: history is not split.
SOURCES = [path for path in sorted(LMS.rglob("*.py")) if "versions" not in path.parts]

# zoneinfo finds its data there when the system has none.
NEVER_IMPORTED = {"tzdata"}

# In pieces, so that this file does not hold what it looks for.
NOT_TO_BE_COMMITTED = re.compile(
    "|".join(
        (
            r"pypi\." + "org",
            r"files\.python" + "hosted",
            r"registry\.npm" + "js",
            r"deb\.debian\." + "org",
            r"index" + "-url",
            r"(?<![\w./-])/" + r"(work|opt|root)/",
            r"(?<![\w./-])/home/" + r"\w",
        )
    )
)


def committed() -> Iterator[Path]:
    """Every file of the checkout, found without git: what .gitignore names is left out."""
    ignored = GitIgnoreSpec.from_lines((ROOT / ".gitignore").read_text().splitlines())
    for folder, inside, names in os.walk(ROOT):
        place = Path(folder).relative_to(ROOT)
        inside[:] = [
            name for name in inside if name != ".git" and not ignored.match_file(f"{place / name}/")
        ]
        yield from (ROOT / place / name for name in names if not ignored.match_file(place / name))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def calls(path: Path) -> Iterator[ast.Attribute]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func


def test_only_a_view_a_command_or_a_job_commits():
    outermost = {"web", "cli", "jobs", "migrations"}
    inside = [p for p in SOURCES if p.relative_to(LMS).parts[0] not in outermost]
    commits = [f"{short(p)}:{c.lineno}" for p in inside for c in calls(p) if c.attr == "commit"]
    assert commits == []


def test_the_rules_import_only_the_standard_library_and_each_other():
    allowed = sys.stdlib_module_names | {"lms.domain"}
    strangers = {
        f"{short(path)}: {name}"
        for path in (LMS / "domain").rglob("*.py")
        for node in ast.walk(parsed(path))
        for name in imported(node)
        if name.split(".")[0] not in allowed and not f"{name}.".startswith("lms.domain.")
    }
    assert strangers == set()


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or "a relative import"]
    return []


def test_the_rules_read_no_clock_and_throw_no_dice():
    clocks = {"now", "today", "utcnow", "time", "monotonic"}
    dice = {"token_hex", "token_urlsafe", "token_bytes", "urandom", "uuid4"}
    read = [
        f"{short(path)}:{call.lineno} {call.attr}()"
        for path in (LMS / "domain").rglob("*.py")
        for call in calls(path)
        if call.attr in clocks | dice
    ]
    assert read == []


def test_the_package_itself_imports_nothing():
    assert not [node for node in ast.walk(parsed(LMS / "__init__.py")) if imported(node)]


def test_what_is_imported_is_what_is_declared():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[^\w-]", line)[0] for line in declared["dependencies"]}
    sellers = packages_distributions()
    used = {
        re.sub(r"[-_.]+", "-", seller.lower())
        for path in SOURCES
        for node in ast.walk(parsed(path))
        for name in imported(node)
        if not name.startswith("lms")
        for seller in sellers.get(name.split(".")[0], [])
    }
    assert used | NEVER_IMPORTED == wanted


def test_the_readme_says_why_each_library_is_here():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = [re.split(r"[^\w-]", line)[0] for line in declared["dependencies"]]
    assert [name for name in named if name not in readme] == []


def test_the_readme_is_read_in_one_sitting():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 200


def test_no_file_passes_300_lines():
    sizes = {short(p): len(p.read_text(encoding="utf-8").splitlines()) for p in SOURCES}
    assert {name: size for name, size in sizes.items() if size > 300} == {}


def test_half_of_the_files_are_shorter_than_80_lines_of_code():
    assert median(lines_of_code(path) for path in SOURCES) < 80


def lines_of_code(path: Path) -> int:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return sum(1 for line in lines if line and not line.startswith("#"))


def test_no_function_passes_40_lines():
    long = {
        f"{short(path)}:{node.lineno} {node.name}"
        for path in SOURCES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= 40
    }
    assert long == set()


def test_no_ring_refuses_the_complexity_limit():
    silenced = re.compile(r"noqa:[^#]*\b(C901|PLR09\d\d|T201|DTZ)")
    assert [short(p) for p in SOURCES if silenced.search(p.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("see https://pypi." + "org/simple", True),
        ("--extra-index" + "-url x", True),
        ("a file in /wo" + "rk/main", True),
        ("open('/ho" + "me/ana/x')", True),
        ("https://example.org/work/paper", False),
        ("GET /roots/1", False),
    ],
)
def test_the_search_for_addresses_knows_what_it_seeks(text, refused):
    assert bool(NOT_TO_BE_COMMITTED.search(text)) is refused


def test_no_committed_file_names_a_package_registry_or_a_path_of_a_machine():
    found = []
    for path in committed():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{short(path)}: {hit.group()}" for hit in NOT_TO_BE_COMMITTED.finditer(text)]
    assert found == []
