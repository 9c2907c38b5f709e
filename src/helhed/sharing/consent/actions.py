"""Verbs of consent. They hold to the states of a consent; who may use them is decided in `sharing/asking`.

Each takes the row FOR UPDATE first; the moment of the step is the database's clock after that lock (the rules in
migrations/0002_rules.py set it). A withdrawal that has returned has therefore either waited for what rested on the consent,
or come before it.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from helhed.audit.actions import Actor, note
from helhed.audit.appending import together
from helhed.sharing import scans
from helhed.sharing.consent import adoption, receipts
from helhed.sharing.consent.deciding import (
    Expression,
    Question,
    choices_of,
    decide,
    end,
    locked,
    new_row,
    new_rows,
)
from helhed.sharing.consent.models import Answer, Consent, Receipt
from helhed.sharing.refusal import Refused

OWN, ACTING, CASE = "egen-indsigt", "repraesentation", "sagsbehandling"
UNANSWERED = timedelta(days=60)
"""How long a question waits for an answer before it lapses."""
ANSWERS = ("given", "refused")


@transaction.atomic
def ask(*, by: Actor, person: UUID, question: Question, language: str) -> UUID:
    """Put a question to a citizen. Answers the consent's id; the words are set anew in the language it is answered in."""
    row = new_row(person, question, language, by)
    row.save(force_insert=True)
    _note(by, "consent-asked", row)
    return row.pk


@transaction.atomic
def ask_each(*, by: Actor, questions: Mapping[UUID, Question], language: str) -> dict[UUID, UUID]:
    """Put a question to each of some citizens, in few queries. Answers the consents' ids by citizen."""
    rows = new_rows(questions, language, by)
    Consent.objects.bulk_create(rows)
    with together():
        for row in rows:
            _note(by, "consent-asked", row)
    return {row.person_key: row.pk for row in rows}


@transaction.atomic
def give(*, by: Actor, consent: UUID, language: str, mandate: UUID | None = None) -> Receipt:
    """The citizen, or who acts under a mandate, says yes. What it renews ends as renewed."""
    return _answer(by, consent, "given", Expression(language, mandate=mandate))


@transaction.atomic
def refuse(*, by: Actor, consent: UUID, language: str, mandate: UUID | None = None) -> Receipt:
    """The citizen, or who acts under a mandate, says no."""
    return _answer(by, consent, "refused", Expression(language, mandate=mandate))


@transaction.atomic
def answer_by_portal(*, by: Actor, consent: UUID, answer: str, language: str, evidence: str) -> Receipt:
    """An answer given in the national solution; `evidence` is the SHA-256 of what came from there."""
    return _answer(by, consent, answer, Expression(language, evidence_hash=evidence))


@transaction.atomic
def withdraw(*, by: Actor, consent: UUID, mandate: UUID | None = None, how: str = "portal") -> Receipt:
    """Take a consent back, at once. When this has been committed, nothing that rests on it begins any more."""
    row = locked(consent)
    if row.state != "given":
        raise Refused(_("Samtykket gælder ikke, så der er intet at trække tilbage."))
    end(row, "withdrawn", by.username, how)
    receipt = receipts.issue(row, "withdrawn")
    _note(by, "consent-withdrawn", row, mandate)
    return receipt


@transaction.atomic
def withdraw_assisted(*, by: Actor, consent: UUID, heard: str) -> Receipt:
    """A caseworker heard it ("oral") or got it in writing ("paper"). At once too, and no second person is waited for."""
    if heard not in ("oral", "paper"):
        raise Refused(_("Vælg, om du hørte det eller fik det på papir."))
    return withdraw(by=by, consent=consent, how=heard)


@transaction.atomic
def renew(*, by: Actor, consent: UUID, language: str, mandate: UUID | None = None) -> Receipt:
    """Say yes once more, in today's words: a new consent begins, and the old one ends as renewed."""
    old = locked(consent)
    if old.state != "given" or old.days is None:
        raise Refused(_("Samtykket kan ikke fornys her. Bed din sagsbehandler om at spørge dig igen."))
    question = Question(old.notice_key, choices_of(old), renews=old.pk, asked_unit=old.requested_unit)
    row = new_row(old.person_key, question, language, by)
    row.save(force_insert=True)
    return _answer(by, row.pk, "given", Expression(language, mandate=mandate))


@transaction.atomic
def record_in_person(*, by: Actor, consent: UUID, answer: str, words: str, language: str) -> UUID:
    """Write down an answer given in person. It has no effect before another person has confirmed it."""
    row = _waiting_for_answer(consent)
    if answer not in ANSWERS or not words.strip():
        raise Refused(_("Skriv, hvad borgeren svarede, med borgerens egne ord."))
    if Answer.objects.filter(consent=row, confirmed_by="").exists():
        raise Refused(_("Der venter allerede et svar på at blive bekræftet."))
    written = Answer.objects.create(
        consent=row,
        answer=answer,
        words=words.strip(),
        language=language,
        recorded_by=by.username,
        recorded_unit=by.unit,
    )
    _note(by, "consent-recorded", row)
    return written.pk


@transaction.atomic
def confirm(*, by: Actor, consent: UUID, agrees: bool, reason: str = "") -> Receipt | None:
    """The second person confirms what a colleague wrote down, and it takes effect; or does not, with a reason, and it falls."""
    _waiting_for_answer(consent)
    written = Answer.objects.select_for_update().filter(consent=consent, confirmed_by="").first()
    if written is None:
        raise Refused(_("Svaret venter ikke længere på en bekræftelse."))
    if written.recorded_by == by.username:
        raise Refused(_("En kollega skal bekræfte det, du selv har skrevet ned."))
    written.confirmed_by, written.confirmed_at, written.agreed = by.username, timezone.now(), agrees
    written.reason = "" if agrees else reason.strip()[:500]
    written.save(update_fields=["confirmed_by", "confirmed_at", "agreed", "reason"])
    if not agrees:
        _note(by, "consent-not-confirmed", written.consent)
        return None
    expression = Expression(
        written.language,
        method="in_person",
        recorded_by=written.recorded_by,
        confirmed_by=by.username,
        evidence_hash=scans.hash_of(written.words.encode()),
    )
    return _answer(by, consent, written.answer, expression)


@transaction.atomic
def record_paper(
    *, by: Actor, consent: UUID, answer: str, signed_on: date, file: bytes, name: str, language: str
) -> Receipt:
    """A signed paper, scanned: effective at once, with the scan as its evidence. `name` is what the file was called."""
    row = _waiting_for_answer(consent)
    if answer not in ANSWERS:
        raise Refused(_("Vælg, om borgeren sagde ja eller nej."))
    asked = timezone.localdate(row.requested_at)
    if not asked <= signed_on <= timezone.localdate():
        raise Refused(_("Dagen på papiret skal ligge mellem den dag, der blev spurgt, og i dag."))
    paper = scans.keep(file)
    expression = Expression(
        language,
        method="paper",
        recorded_by=by.username,
        evidence_hash=paper.hash,
        evidence_file=paper.file,
        signed_on=signed_on,
    )
    _note(by, "consent-paper", row, more=f" from {name[:60]}")
    return _answer(by, consent, answer, expression)


@transaction.atomic
def expire(*, by: Actor) -> int:
    """End what is over: consents past their last moment (without effect since then), and questions nobody answered."""
    now = timezone.now()
    due = Consent.objects.select_for_update(skip_locked=True).filter(
        Q(state="given", valid_to__lte=now) | Q(state="requested", requested_at__lte=now - UNANSWERED)
    )
    rows = list(due)
    for row in rows:
        end(row, "expired", by.username, "system")
        _note(by, "consent-expired", row)
    return len(rows)


@transaction.atomic
def adopt_delivered(*, by: Actor, people: Collection[UUID] | None = None) -> int:
    """Make rows of the consents the case systems have delivered, of everyone or of some; answers how many changed."""
    done = adoption.adopt(by.username, people)
    changed = done.begun + done.moved + done.ended
    if changed:
        text = f"{done.begun} consents begun, {done.moved} moved, {done.ended} ended"
        note(by=by, action="consent-adopted", object=text)
    return changed


def _answer(by: Actor, consent: UUID, state: str, expression: Expression) -> Receipt:
    """Decide a question that waits; what it renews is ended in the same breath."""
    row = _waiting_for_answer(consent)
    old = locked(row.renews) if row.renews and state == "given" else None
    decide(row, state, expression)
    if old is not None and old.state == "given":
        end(old, "renewed", by.username, "portal")
    receipt = receipts.issue(row, state)
    _note(by, f"consent-{state}", row, expression.mandate)
    return receipt


def _waiting_for_answer(consent: UUID) -> Consent:
    row = locked(consent)
    if row.state != "requested":
        raise Refused(_("Spørgsmålet er allerede besvaret eller lukket."))
    return row


def _note(by: Actor, action: str, row: Consent, mandate: UUID | None = None, more: str = "") -> None:
    own = {"citizen": OWN, "representative": ACTING, "system": ""}
    note(
        by=by,
        action=action,
        person_key=row.person_key,
        object=f"consent {row.pk}{more}",
        purpose=own.get(by.role, CASE),
        ground="fuldmagt" if mandate else "",
        fields={"consent"},
        mandate=mandate,
    )
