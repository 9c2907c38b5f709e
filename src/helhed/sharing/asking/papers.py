"""Papers for people: the receipt of an answer, and the form to sign. The same content as the row, laid out by typst."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from helhed.sharing.asking.picturing import event_label, method_label, unit_label
from helhed.sharing.consent.categories import category_label
from helhed.sharing.consent.deciding import choices_of, form_of
from helhed.sharing.consent.models import Consent, Receipt
from helhed.sharing.consent.notices import NoticeText, as_stored, duration, shown
from helhed.sharing.mandates.standing import names_of

LAYOUT = Path(__file__).parent / "layouts" / "paper.typ"
FONTS = settings.BASE / "node_modules" / "dkfds" / "dist" / "fonts" / "IBMPlexSans" / "complete" / "ttf"


def receipt_paper(receipt: Receipt, name: str) -> bytes:
    """A receipt as PDF, in the language the citizen answered in."""
    row = receipt.consent
    with translation.override(row.language):
        words = as_stored(row.notice_key, row.notice_version, row.language, row.notice_text)
        content = _sheet(event_label(receipt.event), f"{name}, {_moment(receipt.at)}", row.language)
        content |= {
            "parts": _meaning(receipt.event, words),
            "facts_head": _("Det står der i kvitteringen"),
            "facts": [{"name": fact, "value": value} for fact, value in _facts(row) if value],
            "proof": _(
                "Kvittering %(receipt)s. Den underskrevne udgave til computere hentes samme sted og kan kontrolleres med »helhed consent verify«."
            )
            % {"receipt": receipt.pk},
        }
        return _laid_out(content)


def form_paper(row: Consent, name: str, language: str) -> bytes:
    """The question as a form to sign: the words, yes and no, a place for day and name."""
    with translation.override(language):
        words = shown(form_of(row), choices_of(row), language)
        content = _sheet(words.title, name, words.language)
        content |= {
            "parts": _parts(words),
            "sign_head": _("Dit svar"),
            "sign": {
                "boxes": [_("Ja, det giver jeg samtykke til."), _("Nej, det giver jeg ikke samtykke til.")],
                "day": _("Dag"),
                "name": _("Underskrift"),
            },
            "proof": _("Spørgsmål %(consent)s, tekst %(key)s, udgave %(version)s.")
            % {"consent": row.pk, "key": words.key, "version": words.version},
        }
        return _laid_out(content)


def _sheet(title: str, lead: str, language: str) -> dict[str, Any]:
    return {
        "language": language,
        "title": title,
        "lead": lead,
        "footer": _("Københavns Kommune"),
        "parts": [],
        "facts_head": "",
        "facts": [],
        "sign_head": "",
        "sign": {},
        "proof": "",
    }


def _meaning(event: str, words: NoticeText) -> list[dict[str, str]]:
    """First what the answer means, then the words that were shown."""
    means = {
        "given": _("Du har sagt ja. Du kan trække dit samtykke tilbage, når du vil."),
        "refused": _("Du har sagt nej. Vi deler ikke oplysningerne på det her grundlag."),
        "withdrawn": _(
            "Du har trukket dit samtykke tilbage. Fra nu åbner det ikke noget. Det, der allerede er set eller brugt, kan ikke gøres om."
        ),
    }
    return [{"head": _("Hvad det betyder"), "text": means[event]}, *_parts(words)]


def _parts(words: NoticeText) -> list[dict[str, str]]:
    heads = [
        (_("Hvad"), words.what),
        (_("Hvem"), words.who),
        (_("Hvis du siger nej"), words.if_no),
        (_("Hvis du fortryder"), words.withdraw),
        (_("Hvor længe"), words.validity),
        (_("Dine rettigheder"), words.rights),
    ]
    return [{"head": head, "text": text} for head, text in heads]


def _facts(row: Consent) -> list[tuple[str, str]]:
    language = row.language
    acted = names_of([row.mandate]).get(row.mandate, "") if row.mandate else ""
    return [
        (_("Formål"), form_of(row).purpose_label(language)),
        (_("Oplysninger"), ", ".join(category_label(key) for key in row.categories)),
        (_("Fra"), ", ".join(unit_label(unit, language) for unit in row.sources)),
        (_("Til"), ", ".join(unit_label(unit, language) for unit in row.recipients)),
        (_("Sag"), row.case_ref),
        (_("Varighed"), duration(row.days)),
        (_("Spurgt"), _moment(row.requested_at)),
        (_("Besvaret"), _moment(row.decided_at)),
        (_("Gælder til"), _moment(row.valid_to)),
        (_("Sluttede"), _moment(row.ended_at)),
        (_("Hvordan"), method_label(row)),
        (_("På dine vegne"), acted),
    ]


def _moment(at: datetime | None) -> str:
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else ""


def _laid_out(content: dict[str, Any]) -> bytes:
    return typst.compile(
        LAYOUT,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(content, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
