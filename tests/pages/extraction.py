"""Every text marked for translation in the package: from Python by Babel, from templates through Django's own reader."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "helhed"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
}

Text = tuple[str, ...]


def texts() -> dict[Text, str]:
    """Each text (one form, or singular and plural) with the first file that uses it."""
    found: dict[Text, str] = {}
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]):
        for text in _texts_of(path):
            found.setdefault(text, str(path.relative_to(PACKAGE)))
    return found


def _texts_of(path: Path) -> Iterator[Text]:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        source = templatize(source)
    stream = io.BytesIO(source.encode("utf-8"))
    for _line, message, _comments, _context in extract("python", stream, KEYWORDS):
        yield message if isinstance(message, tuple) else (message,)
