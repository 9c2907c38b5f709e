"""Scenes of emergency access, new people, samples and watches, protected addresses, and rights that are derived."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from completeness.scenes import Stage, reaches
from helhed.audit.actions import SYSTEM
from helhed.register.questions import find
from helhed.sharing import contacts, emergencies, newcomers, recognition
from helhed.sharing.access import actions as access
from helhed.sharing.safeguards import actions
from helhed.sharing.safeguards.models import Embargo, Sample, SampledLook
from pages.world import ANNA, deliver

REASON = "Borgeren er fundet hjælpeløs på gaden."


def emergency(stage: Stage) -> UUID:
    return actions.open_emergency(by=stage.user("kim"), person=stage.world.bo, reason=REASON).pk


@reaches("sharing.emergencies:find", action="emergency-find", actor="kim", person="anna")
def _(stage: Stage):
    emergencies.find(by=stage.user("kim"), number=ANNA)


@reaches("sharing.safeguards.actions:open_emergency", action="emergency-open", actor="kim", person="bo")
@reaches("sharing.safeguards.actions:close_emergency", action="emergency-close", actor="kim", person="bo")
def _(stage: Stage):
    actions.close_emergency(by=stage.user("kim"), emergency=emergency(stage))


@reaches(
    "sharing.safeguards.actions:judge_emergency", action="emergency-justified", actor="lene", person="bo"
)
def _(stage: Stage):
    said = {"verdict": "justified", "words": "liv og helbred"}
    actions.judge_emergency(by=stage.user("lene"), emergency=emergency(stage), **said)


@reaches("sharing.safeguards.actions:follow_embargo", action="embargo-on", actor="system")
def _(stage: Stage):
    actions.follow_embargo(by=SYSTEM, on=True)


@reaches("sharing.safeguards.actions:review_identity", action="identity-released", actor="dorte", person="bo")
def _(stage: Stage):
    held_back(stage)
    said = {"decision": "released", "words": "pas set"}
    actions.review_identity(by=stage.user("dorte"), person=stage.world.bo, **said)


def held_back(stage: Stage) -> None:
    Embargo.objects.get_or_create(
        person_key=stage.world.bo, defaults={"since": timezone.now(), "reason": "new"}
    )


@reaches("sharing.newcomers:_compared", action="identity-compared", actor="dorte", person="anna")
def _(stage: Stage):
    twin = f"{ANNA[:6]}1119"
    lines = ["AENDRING;CPRNR;FORNAVN;EFTERNAVN;ADRESSEBESKYTTELSE", f"O;{twin};Anna;Åkær;N"]
    deliver(stage.folder / "twin", "bif-fagsystem", {"BIF_PERSONER_AENDRING": lines}, nights_ago=0)
    (row,) = find(twin)
    Embargo.objects.get_or_create(person_key=row.key, defaults={"since": timezone.now(), "reason": "new"})
    newcomers.newcomers(by=stage.user("dorte"), language="da")


def sample(stage: Stage) -> Sample:
    stage.get("bente", "/borger/{}", person="anna")
    unit = stage.user("bente").unit
    month = timezone.localdate().replace(day=1)
    drawn = actions.draw_sample(by=stage.user("dorte"), unit=unit, month=month, size=1, seed="1")
    assert drawn is not None
    return drawn


@reaches("sharing.safeguards.actions:draw_sample", action="sample-drawn", actor="dorte", object="sample")
@reaches("sharing.safeguards.actions:judge_look", action="sample-judged", actor="birgit", object="sample")
@reaches("sharing.safeguards.actions:file_sample", action="sample-filed", actor="dorte", object="sample")
def _(stage: Stage):
    drawn = sample(stage)
    for look in SampledLook.objects.filter(sample=drawn):
        said = {"need": "yes", "case_ref": "S1", "words": ""}
        actions.judge_look(by=stage.user("birgit"), look=look.pk, **said)
    actions.file_sample(by=stage.user("dorte"), sample=drawn.pk)


@reaches("sharing.safeguards.actions:watch", action="watch-on", actor="dorte", person="anna")
@reaches("sharing.safeguards.actions:unwatch", action="watch-off", actor="dorte", person="anna")
def _(stage: Stage):
    until = timezone.localdate() + timedelta(days=30)
    said = {"username": "", "reason": "omtale i pressen om borgeren", "until": until}
    row = actions.watch(by=stage.user("dorte"), person=stage.world.anna, **said)
    actions.unwatch(by=stage.user("dorte"), watch=row.pk)


@reaches("sharing.contacts:reveal", action="contact-reveal", actor="bente", person="anna")
def _(stage: Stage):
    said = {"purpose": "sagsbehandling", "reason": "brev om partshøring", "language": "da"}
    contacts.reveal(by=stage.user("bente"), person=stage.world.anna, **said)


@reaches("sharing.recognition:person_of_number", action="recognise", actor="system", person="anna")
def _(stage: Stage):
    recognition.person_of_number(ANNA)


@reaches("sharing.access.actions:refresh", action="cases-derived", actor="system", object="everyone")
def _(stage: Stage):
    access.refresh(by=SYSTEM)


@reaches("sharing.access.actions:shield", action="shield", actor="dorte", person="anna")
@reaches("sharing.access.actions:unshield", action="unshield", actor="dorte", person="anna")
def _(stage: Stage):
    access.shield(by=stage.user("dorte"), person=stage.world.anna, reason="ansat i forvaltningen")
    access.unshield(by=stage.user("dorte"), person=stage.world.anna, reason="ikke ansat mere")
