"""The steps of one consent's row: made, held, decided, ended. The database checks each and sets its moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from helhed.audit.actions import Actor
from helhed.sharing.consent.categories import CATEGORIES
from helhed.sharing.consent.models import LONGEST, Consent
from helhed.sharing.consent.notices import Choices, Form, NoticeText, forms, newest, shown
from helhed.sharing.refusal import Refused


@dataclass(frozen=True)
class Question:
    """What is asked: by which notice, with which choices; which consent it renews; for which unit it is asked."""

    notice: str
    choices: Choices
    renews: UUID | None = None
    asked_unit: str = ""


@dataclass(frozen=True)
class Expression:
    """How an answer was expressed: the language of the words shown, by whom, by which way, with which evidence."""

    language: str
    method: str = "portal"
    mandate: UUID | None = None
    recorded_by: str = ""
    confirmed_by: str = ""
    evidence_hash: str = ""
    evidence_file: str = ""
    signed_on: date | None = None


def locked(consent: UUID) -> Consent:
    """The row, held FOR UPDATE until the transaction ends. LookupError where there is none."""
    row = Consent.objects.select_for_update().filter(pk=consent).first()
    if row is None:
        raise LookupError(consent)
    return row


def hold_all(person: UUID) -> dict[UUID, Consent]:
    """The citizen's consents that can still change, held FOR UPDATE in the order in which everyone takes them (as
    `standing.holding` does), so that no two wait for each other."""
    rows = Consent.objects.select_for_update().filter(person_key=person, state__in=("requested", "given"))
    return {row.pk: row for row in rows.order_by("valid_from", "pk")}


def new_row(person: UUID, question: Question, language: str, by: Actor) -> Consent:
    """A question not yet saved, in today's words; Refused for what cannot be asked."""
    return new_rows({person: question}, language, by)[0]


def new_rows(questions: Mapping[UUID, Question], language: str, by: Actor) -> list[Consent]:
    """The same of several citizens; what is asked alike is put in words once."""
    worded: dict[Question, tuple[Form, NoticeText]] = {}
    for question in questions.values():
        if question not in worded:
            worded[question] = _worded(question, language)
    return [_row(person, question, *worded[question], by) for person, question in questions.items()]


def _worded(question: Question, language: str) -> tuple[Form, NoticeText]:
    try:
        form = newest(question.notice)
    except KeyError:
        raise Refused(_("Vælg, hvad borgeren skal spørges om.")) from None
    _check(form, question.choices)
    return form, shown(form, question.choices, language)


def _row(person: UUID, question: Question, form: Form, words: NoticeText, by: Actor) -> Consent:
    choices = question.choices
    return Consent(
        person_key=person,
        kind=form.kind,
        purpose=form.purpose,
        categories=[c for c in CATEGORIES if c in choices.categories],
        sources=list(choices.sources),
        recipients=list(choices.recipients),
        case_ref=choices.case_ref[:80],
        days=choices.days,
        language=words.language,
        notice_key=form.key,
        notice_version=form.version,
        notice_hash=words.hash,
        notice_text=words.text,
        consequences=words.if_no,
        renews=question.renews,
        requested_by=by.username,
        requested_unit=question.asked_unit,
    )


def _check(form: Form, choices: Choices) -> None:
    if not choices.categories or not set(choices.categories) <= set(CATEGORIES):
        raise Refused(_("Vælg mindst én slags oplysninger."))
    if not choices.sources:
        raise Refused(_("Vælg, hvem oplysningerne kommer fra."))
    if not choices.recipients:
        raise Refused(_("Vælg, hvem der må se oplysningerne."))
    if not form.days or choices.days is None or not 1 <= choices.days <= LONGEST:
        raise Refused(_("Et samtykke kan gælde fra 1 dag til to år."))


def choices_of(row: Consent) -> Choices:
    """The choices a row was asked with."""
    return Choices(tuple(row.categories), tuple(row.sources), tuple(row.recipients), row.case_ref, row.days)


def form_of(row: Consent) -> Form:
    """The version of the notice a row was asked with."""
    return forms()[row.notice_key, row.notice_version]


def decide(row: Consent, state: str, expression: Expression) -> None:
    """Answer a question: the words are those of the language it was answered in."""
    words = shown(form_of(row), choices_of(row), expression.language)
    row.state = state
    row.language, row.notice_hash, row.notice_text = words.language, words.hash, words.text
    row.consequences = words.if_no
    row.expressed_by = "representative" if expression.mandate else "subject"
    row.mandate, row.method = expression.mandate, expression.method
    row.recorded_by, row.confirmed_by = expression.recorded_by, expression.confirmed_by
    row.evidence_hash, row.evidence_file = expression.evidence_hash, expression.evidence_file
    row.signed_on = expression.signed_on
    changed = [
        "state",
        "language",
        "notice_hash",
        "notice_text",
        "consequences",
        "expressed_by",
        "mandate",
        "method",
        "recorded_by",
        "confirmed_by",
        "evidence_hash",
        "evidence_file",
        "signed_on",
    ]
    row.save(update_fields=changed)
    row.refresh_from_db()


def end(row: Consent, state: str, by: str, how: str) -> None:
    """End a consent or a question: "withdrawn", "expired", "renewed" or "invalidated"."""
    row.state, row.ended_by, row.ended_how = state, by, how
    row.save(update_fields=["state", "ended_by", "ended_how"])
    row.refresh_from_db()
