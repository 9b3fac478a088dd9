"""The fonts of the papers: those that come with us, and those a host may add for more scripts."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import RLock

FOLDER = Path(__file__).parent.parent / "static" / "fonts"
DISPLAY = FOLDER / "NotoSerifDisplay-Regular.ttf"

_ENVIRONMENT = RLock()
_ROOTS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
_MORE = re.compile(
    r"NotoSans(CJK|Thai|Lao|Khmer|Myanmar|Ethiopic|Armenian|Georgian|Tifinagh|Osage|Bengali"
    r"|Gujarati|Gurmukhi|Kannada|Malayalam|Sinhala|Tamil|Telugu)-Regular\.tt[cf]"
)


def bundled() -> tuple[Path, ...]:
    """The fonts that come with us.

    They cover Latin, Greek and Cyrillic, Arabic, Hebrew, Devanagari, Cherokee and Inuktitut, in
    static files, because a variable font is instanced anew for every paper.
    """
    return tuple(sorted(FOLDER.glob("*.ttf")))


@cache
def on_host() -> tuple[Path, ...]:
    """Noto Sans for more scripts, where the host has it (fonts-noto-core, fonts-noto-cjk)."""
    found = {
        path.name: path
        for root in _ROOTS
        for path in sorted(root.rglob("NotoSans*"))
        if _MORE.fullmatch(path.name)
    }
    return tuple(found[name] for name in sorted(found))


@contextmanager
def alone() -> Iterator[None]:
    """While inside, fontconfig gives our fonts only; the environment is put back after.

    The cache folder is made for the occasion: nothing is written beside the package or at home, and
    nobody else's cache is trusted. Ten fonts are read in less time than a page takes.
    """
    with _ENVIRONMENT, TemporaryDirectory(prefix="papers-") as folder:
        ours = {"FONTCONFIG_FILE": str(FOLDER / "fonts.conf"), "XDG_CACHE_HOME": folder}
        before = {name: os.environ.get(name) for name in ours}
        os.environ.update(ours)
        try:
            yield
        finally:
            for name in ours:
                del os.environ[name]
            os.environ.update({name: value for name, value in before.items() if value is not None})
