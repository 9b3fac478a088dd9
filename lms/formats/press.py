"""The press: WeasyPrint with our fonts, our style sheets and every door closed.

Import it inside ``fonts.alone()``: WeasyPrint reads the fonts when it is imported.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML, Attachment
from weasyprint.text import ffi
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from lms.formats import archival, signing_place, tagging
from lms.formats.attached import Attached

_VARIANT = "pdf/a-3a"


def can_subset() -> bool:
    """Whether the library that cuts fonts down is here; without it no two prints are alike."""
    return ffi.harfbuzz_subset is not None


class Press:
    """One set of fonts and one parsed style sheet, kept for every paper that follows.

    Not for two threads at a time.
    """

    def __init__(self, css: str, more_fonts: Iterable[Path]) -> None:
        self._fonts = FontConfiguration()
        for path in more_fonts:
            ffi.fontconfig.FcConfigAppFontAddFile(self._fonts._config, str(path).encode())
        self._fetcher = URLFetcher(allowed_protocols={"data"})
        self._css = CSS(string=css, font_config=self._fonts, url_fetcher=self._fetcher)

    def print(
        self,
        html: str,
        most_pages: int = 0,
        attached: Sequence[Attached] = (),
        day: date = date.min,
        *,
        to_sign: bool = False,
    ) -> bytes:
        """The tagged PDF of an HTML text, or b"" if it runs over ``most_pages`` (0 for any number).

        Nothing outside the text is read. ``day`` dates what is ``attached``; a paper ``to_sign``
        has an empty place for the signature.
        """
        source = HTML(string=html, url_fetcher=self._fetcher)
        document = source.render(
            font_config=self._fonts, stylesheets=[self._css], pdf_variant=_VARIANT
        )
        if most_pages and len(document.pages) > most_pages:
            return b""
        pdf: bytes = document.write_pdf(
            finisher=_to_sign if to_sign else _finish,
            pdf_variant=_VARIANT,
            attachments=[_attachment(one, day) for one in attached],
        )
        return pdf


def plainly(html: str, css: str) -> bytes:
    """The page as WeasyPrint prints it without anything of ours: what others are measured by."""
    page = html.replace("</head>", f"<style>{css}</style></head>")
    pdf: bytes = HTML(string=page).write_pdf()
    return pdf


def _attachment(one: Attached, day: date) -> Attachment:
    moment = datetime.combine(day, time(), UTC)
    return Attachment(
        string=one.body,
        name=one.name,
        description=one.description,
        created=moment,
        modified=moment,
        relationship="Data",
    )


def _finish(document: Any, pdf: Any) -> None:
    tagging.finish(document, pdf)
    archival.finish(pdf)


def _to_sign(document: Any, pdf: Any) -> None:
    _finish(document, pdf)
    signing_place.add(pdf)
