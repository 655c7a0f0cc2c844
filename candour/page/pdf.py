"""PDF: the same page printed, tagged for assistive technology, the same bytes every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candour.errors import CandourError
from candour.page.tagging import finish_tags

if TYPE_CHECKING:
    from candour.page.theme import Theme

ORIGIN = "candour:/"
"""Where the page's relative addresses lead; nothing is there but the theme's own fonts."""

_FAMILY = "Candour Sans"
_FACES = {"regular": "400 normal", "bold": "700 normal", "italic": "400 italic"}


class PangoMissingError(CandourError):
    """This machine cannot make a PDF; the page itself is complete."""


def write_pdf(page: str, theme: Theme) -> bytes:
    """A page as a tagged PDF (PDF/UA-1), in the theme's fonts.

    Raises:
        PangoMissingError: the system library Pango is not installed.
        CandourError: the page asks for something outside itself.
    """
    try:
        import weasyprint  # noqa: PLC0415  - needs Pango, which a machine may lack
    except OSError:
        raise PangoMissingError(
            "The PDF was not made, because this machine has no Pango; the HTML page says the same. "
            "To get PDFs, install it: on Debian or Ubuntu 'apt install libpango-1.0-0 "
            "libpangoft2-1.0-0', on macOS 'brew install pango'."
        ) from None
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse  # noqa: PLC0415

    def fetch(url: str) -> URLFetcherResponse:
        name = url.removeprefix(ORIGIN)
        if name not in theme.fonts:
            raise FatalURLFetchingError(
                f"The page asks for {url}, which is outside it. A page holds everything it shows."
            )
        return URLFetcherResponse(url, theme.fonts[name], {"Content-Type": "font/ttf"})

    fonts = FontConfiguration()
    faces = weasyprint.CSS(
        string=_font_faces(theme), base_url=ORIGIN, url_fetcher=fetch, font_config=fonts
    )
    document = weasyprint.HTML(string=page, base_url=ORIGIN, url_fetcher=fetch)
    try:
        pdf: bytes = document.write_pdf(
            stylesheets=[faces], font_config=fonts, pdf_variant="pdf/ua-1"
        )
    except FatalURLFetchingError as outside:
        raise CandourError(str(outside)) from None
    return finish_tags(pdf)


def _font_faces(theme: Theme) -> str:
    return "".join(
        f'@font-face{{font-family:"{_FAMILY}";font-weight:{weight};font-style:{style};'
        f'src:url("{ORIGIN}{theme.look.fonts[name]}")}}'
        for name, face in _FACES.items()
        for weight, style in (face.split(),)
    )
