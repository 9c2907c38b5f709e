"""What the citizen reads under "Hvem har min sag", on paper: for who has no log-in, from a member of staff."""

from uuid import UUID

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.coordination.handover.letters.printing import paper
from helhed.coordination.handover.letters.wording import unit_called
from helhed.coordination.handover.work import own
from helhed.coordination.handover.work.own import OwnPart, OwnStep, OwnView
from helhed.sharing.naming import meeting

ABOUT, PRINTED = "handover", "letter-printed"


def status(*, by: User, person: UUID, purpose: str, language: str) -> bytes:
    """Who has the case, what happens now and whom to call, as a PDF in the language asked for. Of the social case it says
    nothing: who prints it may not know of one. NoAccess as for the citizen's hand-overs."""
    with (
        translation.override(language),
        meeting(person, by=by, purpose=purpose, action=PRINTED, about=ABOUT) as met,
    ):
        view = own.view_of(met.person_key, met.name, language, social=False)
        return paper([_sheet(view, by.unit, language)])


def _sheet(view: OwnView, unit: str, language: str) -> dict[str, object]:
    heads = (_("Hvad sker der nu?"), _("Hvad betyder det?"), _("Hvad kan du gøre?"))
    parts = list(zip(heads, view.said, strict=True))
    if view.calls:
        parts.append((_("Hvem kan du tale med?"), _call(view.calls)))
    if view.parts:
        parts.append((_("Hvem tager sig af hvad"), "\n".join(map(_part, view.parts))))
    if view.steps:
        numbered = (f"{number}. {_step(step)}" for number, step in enumerate(view.steps, start=1))
        parts.append((_("Skridt for skridt"), "\n".join(numbered)))
    day = formats.date_format(timezone.localdate(), "DATE_FORMAT")
    return {
        "language": language,
        "title": view.title,
        "lead": _("Sådan står det den %(day)s. Bed om et nyt ark, når du vil vide, hvor langt det er.")
        % {"day": day},
        "parts": [{"head": head, "text": text} for head, text in parts],
        "appeal": "",
        "appeal_head": "",
        "contact": "",
        "sender": unit_called(unit, language),
        "day": day,
        "receiver": [view.name],
        "greeting": _("Venlig hilsen"),
        "twin": "",
        "many": "",
        "footer": _("Københavns Kommune · hvem har din sag"),
        "page": _("Side"),
    }


def _call(part: OwnPart) -> str:
    who = part.unit_label
    if part.worker:
        who = _("%(unit)s, spørg efter %(who)s") % {"unit": who, "who": part.worker}
    return f"{who}. {part.reached.line}." if part.reached else f"{who}."


def _part(part: OwnPart) -> str:
    beside = _(" sammen med %(other)s") % {"other": part.beside} if part.beside else ""
    return f"{part.label}: {part.unit_label}{beside}"


def _step(step: OwnStep) -> str:
    if step.on:
        said = formats.date_format(step.on, "DATE_FORMAT")
    else:
        said = {
            "now": _("her er vi nu"),
            "stopped": _("her stoppede det"),
            "waits": _("kommer senere"),
        }[step.state]
    return f"{step.label} – {said}"
