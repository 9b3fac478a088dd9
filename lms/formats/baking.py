"""Pictures that carry a credential inside: what Open Badges calls baked badges."""

from io import BytesIO
from pathlib import Path
from textwrap import wrap

import segno

from lms.domain.certificate import Facts
from lms.formats import credentials, sheets

_LINE, _MOST_LINES = 24, 3


def svg(facts: Facts, credential: bytes, place: Path) -> bytes:
    """A round badge with the program's name; ``place`` is the folder of templates."""
    lines = wrap(facts.program, _LINE, max_lines=_MOST_LINES, placeholder="…")
    return credentials.baked(sheets.badge_svg(facts, lines, place).encode(), "svg", credential)


def png(facts: Facts, credential: bytes) -> bytes:
    """The QR code of the certificate's page, so that the picture itself can be checked."""
    picture = BytesIO()
    segno.make(sheets.public_address(facts), error="q", micro=False).save(
        picture, kind="png", scale=8, border=4, dark="#0b3f3e", light="#ffffff"
    )
    return credentials.baked(picture.getvalue(), "png", credential)
