"""Questions carried to the national solution and answers carried back, by the worker, where HELHED_NATIONAL_CONSENT_URL is set.

Answers are taken in the order of their numbers, each once; where one is missing the later wait for it. A no always counts: a
refusal after a yes ends it, and a yes after a no does nothing. Nothing is asked over the net within a transaction.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from helhed.audit.actions import Actor, note
from helhed.register import questions as register
from helhed.sharing.consent import actions
from helhed.sharing.consent.deciding import locked
from helhed.sharing.consent.models import Consent, Errand
from helhed.sharing.consent.national import Authority, National, Reply, Trouble

PAUSE = timedelta(seconds=30)
"""How long before a question's answers are asked for again."""
AT_ONCE = 50


def carry(*, by: Actor, national: National | None = None) -> int:
    """One round: put new questions, read answers, tell of withdrawals. Answers how many consents changed here."""
    if national is not None:
        return _round(by, national)
    if not settings.NATIONAL_CONSENT_URL:
        return 0
    mine = Authority(
        settings.NATIONAL_CONSENT_URL,
        settings.CVR,
        settings.NATIONAL_CONSENT_CLIENT,
        settings.NATIONAL_CONSENT_SECRET,
    )
    with National(mine) as opened:
        return _round(by, opened)


def _round(by: Actor, national: National) -> int:
    asked = Errand.objects.values("consent")
    new = Consent.objects.filter(state="requested").exclude(requested_unit="").exclude(pk__in=asked)
    Errand.objects.bulk_create([Errand(consent=row) for row in new[:AT_ONCE]], ignore_conflicts=True)
    due = Errand.objects.filter(done=False).filter(
        Q(asked_at__isnull=True) | Q(asked_at__lte=timezone.now() - PAUSE)
    )
    changed = 0
    for errand in due.select_related("consent").order_by(F("asked_at").asc(nulls_first=True))[:AT_ONCE]:
        try:
            changed += _carried(by, national, errand)
            trouble = ""
        except Trouble as error:
            trouble = str(error)
        Errand.objects.filter(pk=errand.pk).update(asked_at=timezone.now(), trouble=trouble)
    return changed


def _carried(by: Actor, national: National, errand: Errand) -> int:
    row = errand.consent
    if not errand.reference:
        if row.state != "requested":
            return _close(errand)
        return _put(by, national, errand)
    if row.state == "withdrawn" and row.ended_by != by.username:
        national.tell_withdrawn(key=f"{row.pk}-withdrawn", reference=errand.reference)
        return _close(errand)
    if row.state not in ("requested", "given"):
        return _close(errand)
    return sum(_taken(by, row.pk, reply) for reply in national.replies(errand.reference))


def _put(by: Actor, national: National, errand: Errand) -> int:
    row = errand.consent
    person = register.person_by_key(row.person_key)
    if person is None or not person.number:
        raise Trouble("The citizen has no number to be asked by; ask in person or on paper.")
    number = person.number.replace("-", "")
    reference = national.ask(key=str(row.pk), template=row.notice_key, number=number, text=row.notice_text)
    with transaction.atomic():
        Errand.objects.filter(pk=errand.pk).update(reference=reference, sent_at=timezone.now())
        note(
            by=by,
            action="consent-sent",
            person_key=row.person_key,
            object=f"consent {row.pk}",
            fields={"identity"},
        )
    return 0


@transaction.atomic
def _taken(by: Actor, consent: UUID, reply: Reply) -> int:
    """Take one answer, if it is the next; answers whether the consent changed."""
    row = locked(consent)
    errand = Errand.objects.select_for_update().get(pk=consent)
    if reply.number != errand.sequence + 1:
        return 0
    Errand.objects.filter(pk=consent).update(sequence=reply.number)
    if row.state == "requested" and reply.said != "tilbagetrukket":
        answer = "given" if reply.said == "accepteret" else "refused"
        actions.answer_by_portal(
            by=by, consent=consent, answer=answer, language=reply.language, evidence=reply.hash
        )
        return 1
    if row.state == "given" and reply.said != "accepteret":
        actions.withdraw(by=by, consent=consent)
        return 1
    return 0


def _close(errand: Errand) -> int:
    Errand.objects.filter(pk=errand.pk).update(done=True)
    return 0
