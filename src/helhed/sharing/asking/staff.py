"""The doors of consent and mandates for staff. Each call decides and writes its line in the log.

A caseworker works with consents of citizens with a case of the own unit line; the purpose is always said. The second
person is of the same line of units as the one who wrote down, and never the same.
"""

from datetime import date, timedelta
from typing import TypedDict, TypeVar, Unpack
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.law import catalogue
from helhed.periods import day_of
from helhed.sharing import log, naming, policy, scans
from helhed.sharing.access.listing import visible
from helhed.sharing.answers import LogLine, NoAccess
from helhed.sharing.asking.answers import (
    Choice,
    ConsentView,
    Expiring,
    MandateView,
    ReceiptRef,
    Scan,
    Template,
)
from helhed.sharing.asking.letting import case_work
from helhed.sharing.asking.papers import form_paper, receipt_paper
from helhed.sharing.asking.pending import ending
from helhed.sharing.asking.picturing import (
    Reader,
    consent_views,
    mandate_views,
    receipt_ref,
    second_person,
    unit_choices,
)
from helhed.sharing.consent import actions
from helhed.sharing.consent.categories import ASKED, category_label
from helhed.sharing.consent.deciding import Question, new_row
from helhed.sharing.consent.models import Answer, Consent, Receipt
from helhed.sharing.consent.notices import Choices, NoticeText, askable, newest, shown
from helhed.sharing.mandates import actions as mandate_actions
from helhed.sharing.mandates.models import Mandate
from helhed.sharing.refusal import Refused

CASEWORK = "sagsbehandling"
ON_A_PAGE = 50
SECOND = "anden-person"
"""The ground on which a second person sees what waits to be confirmed."""
OTHER = {"bif": "sof", "sof": "bif"}


class Wished(TypedDict):
    """What a caseworker wishes to ask: the words' key, what fills them (unit keys, days), and the language."""

    template: str
    categories: tuple[str, ...]
    sources: tuple[str, ...]
    recipients: tuple[str, ...]
    case_ref: str
    days: int
    language: str


class PaperMandate(TypedDict):
    """A mandate as it stands on a paper, and the scan of it with the name its file came with."""

    holder_name: str
    kind: str
    scope: tuple[str, ...]
    days: int
    file: bytes
    name: str
    language: str


Row = TypeVar("Row", Consent, Mandate)


def templates(*, by: User, language: str) -> tuple[Template, ...]:
    """What this caseworker can ask for, with the choices of the form."""
    with translation.override(language):
        return tuple(
            Template(
                key=form.key,
                kind=form.kind,
                label=form.label(language),
                purpose_label=form.purpose_label(language),
                categories=tuple(Choice(key, category_label(key)) for key in ASKED),
                sources=unit_choices(
                    _units_of(OTHER.get(by.administration, ""), by.administration), language
                ),
                recipients=unit_choices(policy.above(by.unit), language),
                days=form.days,
            )
            for form in askable()
        )


def preview(*, by: User, person: UUID, purpose: str, **wished: Unpack[Wished]) -> NoticeText:
    """The words the citizen will be shown, nothing asked yet. Refused as `ask` would, in the caseworker's language."""
    language = wished["language"]
    with case_work(by, person, purpose) as let:
        question = _question(by, wished)
        row = new_row(person, question, language, by)
        let.line("consent-drafted", f"notice {row.notice_key}")
        return shown(newest(row.notice_key), question.choices, language)


def ask(*, by: User, person: UUID, purpose: str, kind: str, **wished: Unpack[Wished]) -> UUID:
    """Put a question to the citizen, who answers on the own page, in person or on paper. `language` is that of the
    question; a refusal comes in the caseworker's."""
    language = wished["language"]
    with case_work(by, person, purpose):
        question = _question(by, wished)
        if new_row(person, question, language, by).kind != kind:
            raise Refused(_("Spørgsmålet hører ikke til den slags samtykke."))
        return actions.ask(by=by, person=person, question=question, language=language)


def consents(*, by: User, person: UUID, purpose: str, language: str) -> tuple[ConsentView, ...]:
    """Every question and answer of the citizen, newest first."""
    with translation.override(language), case_work(by, person, purpose) as let:
        let.line("consents-seen")
        rows = Consent.objects.filter(person_key=person).order_by("-requested_at", "pk")
        return consent_views(rows, _reader(by, language))


def consent(*, by: User, person: UUID, consent: UUID, purpose: str, language: str) -> ConsentView:
    """One of them: the citizen is decided about first. LookupError where it is none of the citizen's."""
    with translation.override(language), case_work(by, person, purpose) as let:
        row = Consent.objects.filter(pk=consent, person_key=person).first()
        if row is None:
            raise LookupError(consent)
        let.line("consents-seen", f"consent {consent}")
        return consent_views([row], _reader(by, language))[0]


def record_in_person(*, by: User, consent: UUID, answer: str, language: str, words: str) -> None:
    """Write down an answer ("given" or "refused"); it takes effect when another person confirms."""
    person = _known(Consent, consent).person_key
    with translation.override(language), case_work(by, person, CASEWORK, consent=consent):
        actions.record_in_person(by=by, consent=consent, answer=answer, words=words, language=language)


def record_paper(
    *, by: User, consent: UUID, answer: str, signed_on: date, file: bytes, name: str, language: str
) -> ReceiptRef:
    """A signed paper, scanned: effective at once. Answers the receipt."""
    person = _known(Consent, consent).person_key
    with translation.override(language), case_work(by, person, CASEWORK, consent=consent):
        return receipt_ref(
            actions.record_paper(
                by=by,
                consent=consent,
                answer=answer,
                signed_on=signed_on,
                file=file,
                name=name,
                language=language,
            )
        )


def withdraw(*, by: User, consent: UUID, heard: str, language: str) -> ReceiptRef:
    """A withdrawal heard ("oral") or received ("paper"): effective at once. Answers the receipt."""
    person = _known(Consent, consent).person_key
    with translation.override(language), case_work(by, person, CASEWORK, consent=consent):
        return receipt_ref(actions.withdraw_assisted(by=by, consent=consent, heard=heard))


def waiting(*, by: User, language: str) -> tuple[ConsentView | MandateView, ...]:
    """What colleagues of the same line of units wrote down and this user may confirm, the oldest first."""
    _may_confirm(by)
    with translation.override(language), transaction.atomic():
        answers = Answer.objects.filter(confirmed_by="", consent__state="requested").select_related("consent")
        mine = [a for a in answers.order_by("recorded_at") if second_person(a, by)]
        papers = Mandate.objects.filter(state="offered", method="paper", confirmed_by="")
        mandates_ = [row for row in papers.order_by("offered_at") if second_person(row, by)]
        for row in (*(answer.consent for answer in mine), *mandates_):
            _seen(by, row.person_key, "confirm-list")
        reader = _reader(by, language)
        return consent_views([a.consent for a in mine], reader) + mandate_views(mandates_, reader)


def confirm(*, by: User, item: UUID, agrees: bool, language: str, reason: str = "") -> None:
    """Agree with what a colleague wrote down, or not, with a reason. `item`: the id of what `waiting` answered.
    LookupError where it is not in the same line of units."""
    _may_confirm(by)
    with translation.override(language), transaction.atomic():
        answer = Answer.objects.filter(consent=item, confirmed_by="").first()
        paper = Mandate.objects.filter(pk=item).first()
        if (written := answer or paper) is None:
            raise LookupError(item)
        _is_second(written, by)
        if answer is not None:
            actions.confirm(by=by, consent=item, agrees=agrees, reason=reason)
        else:
            mandate_actions.confirm(by=by, mandate=item, agrees=agrees, reason=reason)


def expiring(*, by: User, language: str, page: int = 1) -> Expiring:
    """Fifty of the consents this line of units may see by that end within thirty days, the first to end first."""
    if not by.may("consent.record") or not by.unit:
        raise NoAccess(_("Din rolle giver ikke adgang til borgeres samtykker."))
    with transaction.atomic(), translation.override(language):
        all_of_them = ending(by=by)
        first = (max(page, 1) - 1) * ON_A_PAGE
        found = Consent.objects.in_bulk(all_of_them[first : first + ON_A_PAGE])
        rows = [found[pk] for pk in all_of_them[first : first + ON_A_PAGE]]
        people = {row.person_key for row in rows}
        met = naming.named(people, by=by, purpose=CASEWORK, action="list", about=("consent",))
        kept = [row for row in rows if row.person_key in met]
        return Expiring(consent_views(kept, _reader(by, language)), len(all_of_them))


def mandates(*, by: User, person: UUID, purpose: str, language: str) -> tuple[MandateView, ...]:
    """The citizen's mandates, the latest first."""
    with translation.override(language), case_work(by, person, purpose) as let:
        let.line("mandates-seen", fields=("mandate",))
        rows = Mandate.objects.filter(person_key=person).order_by("-offered_at")
        return mandate_views(rows, _reader(by, language))


def record_mandate(
    *, by: User, person: UUID, purpose: str, **written: Unpack[PaperMandate]
) -> tuple[UUID, str]:
    """A mandate on paper. Answers it and its code, shown once; it waits for a second person."""
    with translation.override(written["language"]), case_work(by, person, purpose):
        return mandate_actions.record_on_paper(
            by=by,
            person=person,
            holder_name=written["holder_name"],
            kind=written["kind"],
            scope=written["scope"],
            valid_to=timezone.now() + timedelta(days=written["days"]),
            file=written["file"],
            name=written["name"],
        )


def revoke_mandate(*, by: User, mandate: UUID, language: str) -> None:
    """Take a mandate back on the citizen's word, at once."""
    row = _known(Mandate, mandate)
    with translation.override(language), case_work(by, row.person_key, CASEWORK):
        mandate_actions.revoke(by=by, mandate=mandate)


def receipt_pdf(*, by: User, person: UUID, receipt: UUID, purpose: str) -> bytes:
    """A receipt to hand to the citizen. LookupError where it is none of the citizen's."""
    with case_work(by, person, purpose) as let:
        row = Receipt.objects.select_related("consent").filter(pk=receipt, consent__person_key=person).first()
        if row is None:
            raise LookupError(receipt)
        let.line("receipt-fetched", f"receipt {receipt}")
        return receipt_paper(row, let.person.name)


def notice_pdf(*, by: User, consent: UUID, language: str) -> bytes:
    """The paper form to sign: the words shown, yes and no to tick, a place for day and name."""
    row = _known(Consent, consent)
    with case_work(by, row.person_key, CASEWORK) as let:
        let.line("form-printed", f"consent {consent}")
        return form_paper(row, let.person.name, language)


def scan(*, by: User, item: UUID, language: str) -> Scan:
    """The scanned paper of a consent or mandate, for who works with the case or is to confirm it; to be saved, never
    shown within a page. LookupError for others."""
    with translation.override(language):
        consent, mandate = (
            kind.objects.filter(pk=item).exclude(evidence_file="").first() for kind in (Consent, Mandate)
        )
        row = consent or mandate
        if isinstance(row, Mandate) and second_person(row, by):
            _seen(by, row.person_key, "scan-fetched")
        else:
            asked = row.person_key if row else item  # what is not there is looked for with the same work
            if asked not in visible([asked], by=by, purpose=CASEWORK) or row is None:
                raise LookupError(item)
            with case_work(by, row.person_key, CASEWORK) as let:
                let.line("scan-fetched", f"scan of {item}")
        data = scans.kept(row.evidence_file, row.evidence_hash)
        media_type, ending = scans.kind_of(data)
        return Scan(data, media_type, f"papir-{str(item)[:8]}.{ending}")


def who_looked(*, by: User, person: UUID, purpose: str, language: str) -> list[LogLine]:
    """The citizen's own log, for a caseworker who prints it for a citizen without MitID; logged itself. It tells of hand-overs and
    of the other administration's units, so it is for those who may know of hand-overs."""
    with translation.override(language), case_work(by, person, purpose, needs="handover") as let:
        let.line("log-read", fields=("log",))
        return log.lines_of(person, language=language)


def _question(by: User, wished: Wished) -> Question:
    """What this caseworker may ask: from the other administration or the own, to units of the own line."""
    choices = Choices(
        tuple(wished["categories"]),
        tuple(wished["sources"]),
        tuple(wished["recipients"]),
        wished["case_ref"],
        wished["days"],
    )
    if any(unit.split("/")[0] not in OTHER for unit in choices.sources):
        raise Refused(_("Oplysningerne kan kun komme fra de to forvaltninger."))
    if any(not policy.same_line(unit, by.unit) for unit in choices.recipients):
        raise Refused(_("Du kan kun spørge om oplysninger til din egen enhed."))
    return Question(wished["template"], choices, asked_unit=by.unit)


def _may_confirm(by: User) -> None:
    if not by.may("consent.confirm"):
        raise NoAccess(_("Din rolle kan ikke bekræfte, hvad en kollega har skrevet ned."))


def _is_second(written: Answer | Mandate, by: User) -> None:
    if written.recorded_by == by.username:
        raise Refused(_("En kollega skal bekræfte det, du selv har skrevet ned."))
    if not second_person(written, by):
        raise LookupError(written)


def _seen(by: User, person: UUID, action: str) -> None:
    """Who can be the second person is decided here, by `second_person`, and not by the policy: a leader who bears witness
    has no case of the citizen's."""
    note(
        by=by,
        action=action,
        person_key=person,
        purpose=CASEWORK,
        ground=SECOND,
        fields={"identity", "consent"},
        decision=uuid4(),
    )


def _known(model: type[Row], number: UUID) -> Row:
    row = model.objects.filter(pk=number).first()
    if row is None:
        raise LookupError(number)
    return row


def _units_of(*administrations: str) -> list[str]:
    """The units in force today, administration by administration, each before what lies below it."""
    today = day_of(timezone.localdate())
    units = list(catalogue().section("units").on(today))
    return [unit for side in administrations for unit in units if unit == side or unit.startswith(f"{side}/")]


def _reader(by: User, language: str) -> Reader:
    return Reader(by, language, staff=True)
