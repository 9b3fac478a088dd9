"""Where the curriculum lies: inside the installed package, or beside it in a checkout."""

from importlib.resources import files
from pathlib import Path


def content_root() -> Path:
    """The folder that holds curriculum/, assessments/ and templates/."""
    package = Path(str(files("lms")))
    inside = package / "_content"
    return inside if inside.is_dir() else package.parent


def standalone_check() -> Path:
    """The script that checks a certificate with a sealed bundle, and shares no code with us."""
    return content_root() / "docs" / "verify_bundle.py"


def authors_guide() -> Path:
    """The file that tells authors what they can write."""
    return content_root() / "docs" / "authoring.md"
