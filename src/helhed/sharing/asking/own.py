"""The citizen's doors, and those of whoever acts for the citizen under a mandate. Each call writes its line in the log.

A representative's mandate must cover what is done: "consent" for questions and answers, "see" for what is shared.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from helhed.accounts.models import User
from helhed.audit.actions import note
from helhed.audit.covering import choosing
from helhed.sharing.access import decisions
from helhed.sharing.answers import NoAccess
from helhed.sharing.asking.answers import ConsentView, MandateView, ReceiptRef, Sharing
from helhed.sharing.asking.letting import ACTING, Let, own_matter
from helhed.sharing.asking.papers import receipt_paper
from helhed.sharing.asking.picturing import Reader, consent_views, mandate_views, receipt_ref
from helhed.sharing.asking.spread import shared_of
from helhed.sharing.consent import actions
from helhed.sharing.consent.categories import BIF, EVERY, SOF
from helhed.sharing.consent.deciding import Question
from helhed.sharing.consent.models import Consent, Receipt
from helhed.sharing.consent.notices import Choices, newest
from helhed.sharing.consent.receipts import as_file
from helhed.sharing.hatch import known_person
from helhed.sharing.mandates import actions as mandate_actions
from helhed.sharing.mandates.models import Mandate
from helhed.sharing.refusal import Refused

ANSWERING, SEEING = "consent", "see"
VOLUNTEERED = {"deling": "deling", "helhedsorienteret-plan": "helhedsorienteret-plan"}
"""Which words a citizen meets who comes by themselves, by kind."""
ORDER = {"requested": 0, "given": 1}
BOTH = (BIF, SOF)


def consents(*, by: User, language: str, mandate: UUID | None = None) -> tuple[ConsentView, ...]:
    """Every question and answer of the citizen: those that wait, those in force, then the others, newest first."""
    with translation.override(language), own_matter(by, mandate, ANSWERING) as let:
        let.line("consents-seen")
        rows = Consent.objects.filter(person_key=let.person.key).order_by("-requested_at")
        return consent_views(sorted(rows, key=lambda row: ORDER.get(row.state, 2)), _reader(by, language))


def consent(*, by: User, consent: UUID, language: str, mandate: UUID | None = None) -> ConsentView:
    """One of them. LookupError where it is not the citizen's."""
    with translation.override(language), own_matter(by, mandate, ANSWERING) as let:
        row = Consent.objects.filter(pk=consent, person_key=let.person.key).first()
        if row is None:
            raise LookupError(consent)
        let.line("consents-seen", f"consent {consent}")
        return consent_views([row], _reader(by, language))[0]


def volunteer(*, by: User, kind: str, language: str, mandate: UUID | None = None) -> UUID:
    """Begin a consent nobody asked for: between the two administrations, about everything. It is answered as any other.

    One that waits already is answered instead of a second one.
    """
    with translation.override(language), own_matter(by, mandate, ANSWERING) as let:
        if kind not in VOLUNTEERED:
            raise Refused(_("Vælg, hvad dit samtykke skal gælde."))
        mine = Consent.objects.filter(
            person_key=let.person.key, kind=kind, requested_by=by.username, requested_unit="", renews=None
        )
        begun = mine.filter(state="requested").first()
        if begun is not None:
            let.line("consents-seen", f"consent {begun.pk}")
            return begun.pk
        form = newest(VOLUNTEERED[kind])
        choices = Choices(EVERY, BOTH, BOTH, days=form.days[0])
        return actions.ask(
            by=by, person=let.person.key, question=Question(form.key, choices), language=language
        )


def give(*, by: User, consent: UUID, language: str, mandate: UUID | None = None) -> ReceiptRef:
    """Say yes. Answers the receipt."""
    with translation.override(language), own_matter(by, mandate, ANSWERING, consent=consent) as let:
        return receipt_ref(actions.give(by=by, consent=consent, language=language, mandate=let.mandate))


def refuse(*, by: User, consent: UUID, language: str, mandate: UUID | None = None) -> ReceiptRef:
    """Say no. Answers the receipt."""
    with translation.override(language), own_matter(by, mandate, ANSWERING, consent=consent) as let:
        return receipt_ref(actions.refuse(by=by, consent=consent, language=language, mandate=let.mandate))


def withdraw(*, by: User, consent: UUID, language: str, mandate: UUID | None = None) -> ReceiptRef:
    """Take a yes back, in one step as it was given, at once. Answers the receipt."""
    with translation.override(language), own_matter(by, mandate, ANSWERING, consent=consent) as let:
        return receipt_ref(actions.withdraw(by=by, consent=consent, mandate=let.mandate))


def renew(*, by: User, consent: UUID, language: str, mandate: UUID | None = None) -> ReceiptRef:
    """Say yes once more before it ends. Answers the receipt of the new one."""
    with translation.override(language), own_matter(by, mandate, ANSWERING, consent=consent) as let:
        return receipt_ref(actions.renew(by=by, consent=consent, language=language, mandate=let.mandate))


def shared(*, by: User, language: str, mandate: UUID | None = None) -> Sharing:
    """What is shared about the citizen now: by consents in force, and by emergency access that runs."""
    with translation.override(language), own_matter(by, mandate, SEEING) as let:
        let.line("shared-seen")
        return shared_of(let.person.key, language)


def receipt_json(*, by: User, receipt: UUID, mandate: UUID | None = None) -> bytes:
    """The signed receipt as a file for `helhed consent verify`. LookupError where it is not the citizen's."""
    with own_matter(by, mandate, ANSWERING) as let:
        return as_file(_receipt(let, receipt))


def receipt_pdf(*, by: User, receipt: UUID, mandate: UUID | None = None) -> bytes:
    """The same receipt for a person to read, in the language it was answered in."""
    with own_matter(by, mandate, ANSWERING) as let:
        return receipt_paper(_receipt(let, receipt), let.person.name)


def mandates(*, by: User, language: str) -> tuple[MandateView, ...]:
    """The mandates the citizen has given, the latest first."""
    with translation.override(language), own_matter(by, None, SEEING) as let:
        let.line("mandates-seen", fields=("mandate",))
        rows = Mandate.objects.filter(person_key=let.person.key).order_by("-offered_at")
        return mandate_views(rows, _reader(by, language))


def give_mandate(
    *, by: User, holder_name: str, kind: str, scope: tuple[str, ...], days: int, language: str
) -> tuple[UUID, str]:
    """Offer a mandate from now for some days. Answers it and the code, which is shown once."""
    with translation.override(language), own_matter(by, None, SEEING) as let:
        now = timezone.now()
        return mandate_actions.offer(
            by=by,
            person=let.person.key,
            holder_name=holder_name,
            kind=kind,
            scope=scope,
            valid_from=now,
            valid_to=now + timedelta(days=days),
            language=language,
        )


def revoke_mandate(*, by: User, mandate: UUID, language: str) -> None:
    """Take a mandate back at once. LookupError where the citizen has not given it."""
    with translation.override(language), own_matter(by, None, SEEING) as let:
        if not Mandate.objects.filter(pk=mandate, person_key=let.person.key).exists():
            raise LookupError(mandate)
        mandate_actions.revoke(by=by, mandate=mandate)


def represented(*, by: User, language: str) -> tuple[MandateView, ...]:
    """The mandates this log-in holds or has held, the latest first. A citizen is named while the mandate is in force, and
    each name is a line in that citizen's log."""
    if not by.may("citizen.represent"):
        raise NoAccess(_("Siden er kun for dem, der handler for en borger med en fuldmagt."))
    with translation.override(language):
        rows = Mandate.objects.filter(holder=by.username).order_by("-accepted_at")
        views = _held(rows, by, language)
        for view in views:
            if view.person_name:
                _named(by, view, "list")
        return views


def acting(*, by: User, mandate: UUID, language: str) -> MandateView:
    """The mandate under which a page is opened, and whose page it is: a line in that citizen's log, while it is in force.
    LookupError where this log-in does not hold it."""
    row = Mandate.objects.filter(pk=mandate, holder=by.username).first()
    if row is None or not by.may("citizen.represent"):
        raise LookupError(mandate)
    with translation.override(language):
        view = _held([row], by, language)[0]
        if view.person_name:
            _named(by, view, "mandate-used")
        return view


def accept_mandate(*, by: User, code: str, language: str) -> UUID:
    """Take a mandate with its code. Refused where it fits nothing, or too many have been tried."""
    if not by.may("citizen.represent"):
        raise NoAccess(_("Log ind som pårørende eller partsrepræsentant for at bruge koden."))
    with translation.override(language):
        return mandate_actions.accept(by=by, code=code)


def _receipt(let: Let, receipt: UUID) -> Receipt:
    row = Receipt.objects.select_related("consent").filter(pk=receipt).first()
    if row is None or row.consent.person_key != let.person.key:
        raise LookupError(receipt)
    let.line("receipt-fetched", f"receipt {receipt}")
    return row


def _held(rows: Iterable[Mandate], by: User, language: str) -> tuple[MandateView, ...]:
    """Mandates as their holder sees them: whose they are only while they are in force, and each name then decided on."""
    with choosing():
        views = mandate_views(rows, _reader(by, language))
    return tuple(view if view.state == "active" else replace(view, person_name="") for view in views)


@transaction.atomic
def _named(by: User, view: MandateView, action: str) -> None:
    """The line in the citizen's log that somebody with a mandate met the citizen's name."""
    person = known_person(view.person_key)
    decision = decisions.decide(person, by=by, purpose=ACTING, mandate=view.id)
    note(
        by=by,
        action=action,
        person_key=view.person_key,
        purpose=ACTING,
        ground=decision.ground_line,
        fields={"identity"},
        decision=decision.id,
        mandate=view.id,
    )


def _reader(by: User, language: str) -> Reader:
    return Reader(by, language, staff=False)
