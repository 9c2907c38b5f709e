"""Letters on paper: the words as they are kept, laid out by typst, one or many in one file."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.letters.wording import text_of, unit_called
from helhed.sharing.asking.papers import FONTS

LAYOUT = Path(__file__).parent / "layouts" / "letter.typ"


def paper(sheets: Sequence[dict[str, Any]]) -> bytes:
    """Sheets of `sheet` as one PDF. ValueError where there is none."""
    if not sheets:
        raise ValueError("a paper needs a letter")
    first = sheets[0]
    content = {
        "title": first["title"] if len(sheets) == 1 else first["many"],
        "language": first["language"],
        "footer": first["footer"],
        "page": first["page"],
        "letters": list(sheets),
    }
    return typst.compile(
        LAYOUT,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(content, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )


def sheet(letter: Letter, receiver: Sequence[str], language: str) -> dict[str, Any]:
    """One letter ready to lay out. `receiver`: the lines of name and address."""
    text = text_of(letter.texts[language])
    with translation.override(language):
        return {
            "language": language,
            "title": text.title,
            "lead": text.lead,
            "parts": [{"head": part.head, "text": part.text} for part in text.parts],
            "appeal": text.appeal,
            "contact": text.contact,
            "appeal_head": _("Sådan klager du"),
            "sender": unit_called(letter.unit, language),
            "day": formats.date_format(timezone.localtime(letter.written_at), "DATE_FORMAT"),
            "receiver": list(receiver),
            "greeting": _("Venlig hilsen"),
            "twin": "" if language == "en" else TWIN,
            "many": _("Breve"),
            "footer": _("Københavns Kommune · brev %(number)s") % {"number": str(letter.pk)[:8]},
            "page": _("Side"),
        }


TWIN = "You can get this letter in English: log in to your page in helhed, or ask us."
"""On a Danish letter, for who does not read it."""
