"""Scenes of consents and mandates."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from completeness.scenes import Stage, reaches
from completeness.scenes_sharing import refusal
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.audit.proofs import NotSealed
from helhed.sharing import hatch, log
from helhed.sharing.asking import letting
from helhed.sharing.clock import moment
from helhed.sharing.consent import actions as consents
from helhed.sharing.consent.deciding import Question
from helhed.sharing.consent.models import Consent
from helhed.sharing.consent.notices import Choices
from helhed.sharing.log import who_looked
from helhed.sharing.mandates import actions as mandates
from helhed.sharing.mandates.models import Attempt, Mandate
from helhed.sharing.refusal import Refused
from pages.world import BO, deliver, mandate_to

PDF = b"%PDF-1.4\n%%EOF\n"


def asked(stage: Stage, by: str = "bente", person: str = "bo", days: int = 365) -> UUID:
    """A question about sharing a case in BIF with SOF, put to a citizen."""
    choices = Choices(("benefit", "employment_case"), ("bif",), ("sof",), "", days)
    key = getattr(stage.world, person)
    return consents.ask(
        by=stage.user(by),
        person=key,
        question=Question("deling", choices, asked_unit=stage.user(by).unit),
        language="da",
    )


def given(stage: Stage) -> UUID:
    consent = asked(stage)
    consents.give(by=stage.user("bo"), consent=consent, language="da")
    return consent


@reaches("sharing.consent.actions:ask", action="consent-asked", actor="bente", person="bo")
def _(stage: Stage):
    asked(stage)


@reaches("sharing.consent.actions:ask_each", action="consent-asked", actor="bente", person="bo")
def _(stage: Stage):
    question = Question(
        "deling", Choices(("benefit",), ("bif",), ("sof",), "", 365), asked_unit=stage.user("bente").unit
    )
    consents.ask_each(by=stage.user("bente"), questions={stage.world.bo: question}, language="da")


@reaches("sharing.consent.actions:_answer", action="consent-given", actor="bo", person="bo")
def _(stage: Stage):
    given(stage)


@reaches("sharing.consent.actions:withdraw", action="consent-withdrawn", actor="bo", person="bo")
def _(stage: Stage):
    consents.withdraw(by=stage.user("bo"), consent=given(stage))


@reaches("sharing.consent.actions:record_in_person", action="consent-recorded", actor="bente", person="bo")
@reaches("sharing.consent.actions:confirm", action="consent-not-confirmed", actor="birgit", person="bo")
def _(stage: Stage):
    consent = asked(stage)
    said = {"answer": "given", "words": "Ja, det må I gerne.", "language": "da"}
    consents.record_in_person(by=stage.user("bente"), consent=consent, **said)
    consents.confirm(by=stage.user("birgit"), consent=consent, agrees=False, reason="hørte et nej")


@reaches("sharing.consent.actions:record_paper", action="consent-paper", actor="bente", person="bo")
def _(stage: Stage):
    paper = {"signed_on": timezone.localdate(), "file": PDF, "name": "papir.pdf", "language": "da"}
    consents.record_paper(by=stage.user("bente"), consent=asked(stage), answer="given", **paper)


@reaches("sharing.consent.actions:expire", action="consent-expired", actor="system", person="bo")
def _(stage: Stage):
    consent = asked(stage)
    consents.UNANSWERED, kept = timedelta(0), consents.UNANSWERED
    try:
        consents.expire(by=SYSTEM)
    finally:
        consents.UNANSWERED = kept
    assert Consent.objects.get(pk=consent).state == "expired"


@reaches(
    "sharing.consent.actions:adopt_delivered", action="consent-adopted", actor="system", object="consents"
)
def _(stage: Stage):
    from_another_time(stage)
    consents.adopt_delivered(by=SYSTEM)


def from_another_time(stage: Stage) -> None:
    """Anna's delivered consent stands adopted already; Bo now brings one of his own."""
    lines = ["AENDRING;SAMTYKKE_ID;CPRNR;SAMTYKKETYPE;GYLDIG_FRA;GYLDIG_TIL", f"O;K7;{BO};Deling;01-03-2024;"]
    deliver(stage.folder / "consents", "bif-fagsystem", {"BIF_SAMTYKKER_AENDRING": lines}, nights_ago=0)


@reaches("sharing.asking.letting:_told", action="refused", actor="kim", person="bo", outcome="denied")
def _(stage: Stage):
    def enter(**said):
        with letting.case_work(**said):
            pass

    refusal(enter, by=stage.user("kim"), person=stage.world.bo, purpose="sagsbehandling")


def offered(stage: Stage) -> tuple[UUID, str]:
    now = moment()
    said = {"holder_name": "Karin Madsen", "kind": "relative", "scope": ("see",), "language": "da"}
    times = {"valid_from": now, "valid_to": now + timedelta(days=9)}
    return mandates.offer(by=stage.user("anna"), person=stage.world.anna, **said, **times)


def on_paper(stage: Stage) -> tuple[UUID, str]:
    said = {
        "holder_name": "Karin Madsen",
        "kind": "relative",
        "scope": ("see",),
        "file": PDF,
        "name": "papir.pdf",
    }
    until = timezone.now() + timedelta(days=9)
    return mandates.record_on_paper(by=stage.user("bente"), person=stage.world.anna, valid_to=until, **said)


@reaches("sharing.mandates.actions:offer", action="mandate-offered", actor="anna", person="anna")
def _(stage: Stage):
    offered(stage)


@reaches("sharing.mandates.actions:record_on_paper", action="mandate-recorded", actor="bente", person="anna")
@reaches("sharing.mandates.actions:confirm", action="mandate-confirmed", actor="birgit", person="anna")
def _(stage: Stage):
    mandate, _code = on_paper(stage)
    mandates.confirm(by=stage.user("birgit"), mandate=mandate, agrees=True)


@reaches("sharing.mandates.actions:_accept", action="mandate-accepted", actor="karin", person="anna")
def _(stage: Stage):
    mandate_to("karin", stage.world.anna)


@reaches("sharing.mandates.actions:accept#1", action="mandate-code", actor="karin", ground="throttled")
def _(stage: Stage):
    for _ in range(mandates.MOST_ATTEMPTS):
        Attempt.objects.create(username="karin")
    typed(stage)


@reaches("sharing.mandates.actions:accept#2", action="mandate-code", actor="karin", ground="no-such-code")
def _(stage: Stage):
    typed(stage)


def typed(stage: Stage) -> None:
    try:
        mandates.accept(by=stage.user("karin"), code="AAAA-BBBB-CCCC")
    except Refused:
        return
    raise AssertionError("a code nobody was given opened something")


@reaches("sharing.mandates.actions:revoke", action="mandate-revoked", actor="anna", person="anna")
def _(stage: Stage):
    mandates.revoke(by=stage.user("anna"), mandate=offered(stage)[0])


@reaches("sharing.mandates.actions:expire", action="mandate-expired", actor="system", person="anna")
def _(stage: Stage):
    now = timezone.now()
    Mandate.objects.create(
        person_key=stage.world.anna,
        holder_name="Karin Madsen",
        kind="relative",
        scope=["see"],
        valid_from=now - timedelta(days=9),
        valid_to=now - timedelta(days=1),
        code_hash="0" * 64,
        method="portal",
        offered_by="anna",
    )
    mandates.expire(by=SYSTEM)


@reaches("sharing.hatch:represented_person", action="look", actor="karin", ground="no-mandate")
def _(stage: Stage):
    said = {"on": timezone.localdate(), "language": "da"}
    refusal(hatch.represented, mandate=stage.world.anna, by=stage.user("karin"), **said)


@reaches("sharing.log:who_looked", action="log-read", actor="karin", person="anna")
def _(stage: Stage):
    mandate = mandate_to("karin", stage.world.anna)
    who_looked(by=stage.user("karin"), language="da", mandate=mandate)


@reaches("sharing.log:proof", action="log-proof", actor="karin", person="anna")
def _(stage: Stage):
    mandate = mandate_to("karin", stage.world.anna)
    line = Event.objects.filter(person_key=stage.world.anna).latest("pk")
    with suppress(NotSealed):
        log.proof(by=stage.user("karin"), event=line.pk, mandate=mandate)


@reaches(
    "sharing.mandates.actions:end_by_death", action="mandate-ended-by-death", actor="system", person="anna"
)
def _(stage: Stage):
    mandates.end_by_death(by=SYSTEM, mandate=offered(stage)[0])


@reaches("sharing.mandates.actions:stand_again", action="mandate-stands-again", actor="system", person="anna")
def _(stage: Stage):
    mandate = offered(stage)[0]
    mandates.end_by_death(by=SYSTEM, mandate=mandate)
    mandates.stand_again(by=SYSTEM, mandate=mandate)
