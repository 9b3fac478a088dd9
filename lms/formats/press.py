"""The press: WeasyPrint with our fonts, our style sheets and every door closed.

Import it inside ``fonts.alone()``: WeasyPrint reads the fonts when it is imported.
"""

from collections.abc import Iterable
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text import ffi
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from lms.formats import tagging

_VARIANT = "pdf/ua-1"


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

    def print(self, html: str, most_pages: int = 0) -> bytes:
        """The tagged PDF of an HTML text, or b"" if it runs over ``most_pages`` (0 for any number).

        Nothing outside the text is read.
        """
        source = HTML(string=html, url_fetcher=self._fetcher)
        document = source.render(
            font_config=self._fonts, stylesheets=[self._css], pdf_variant=_VARIANT
        )
        if most_pages and len(document.pages) > most_pages:
            return b""
        pdf: bytes = document.write_pdf(finisher=tagging.finish, pdf_variant=_VARIANT)
        return pdf
