"""Compiles the message catalogues, so that a wheel and a checkout speak the same languages."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogues(BuildHookInterface):
    """Turns every ``lms/translations/<language>/LC_MESSAGES/messages.po`` into its ``.mo``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before a wheel is packed and before an editable install is linked."""
        for written in Path(self.root, "lms", "translations").glob("*/LC_MESSAGES/*.po"):
            with written.open("rb") as source, written.with_suffix(".mo").open("wb") as target:
                write_mo(target, read_po(source))
