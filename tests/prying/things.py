"""One of each thing that has a number, all about Eva and Gry, none of it for those who pry."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from entrances.house import attached as attach
from entrances.house import opened, soon
from handover import acts
from handover.world import FIVE, ONE, World, consent
from helhed.accounts.actions import Login, appoint
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.coordination.advis.models import Notice
from helhed.coordination.handover.entrances import actions as entrances
from helhed.coordination.handover.entrances import keeping
from helhed.coordination.handover.entrances.keeping import Place
from helhed.coordination.handover.letters.models import Letter
from helhed.coordination.handover.sanctions import actions as sanctions
from helhed.coordination.handover.tasks import actions as tasks
from helhed.coordination.handover.tasks.actions import Wish
from helhed.membership import drafting
from helhed.sharing.consent import actions as consents
from helhed.sharing.consent.models import Receipt
from helhed.sharing.safeguards import actions as safeguards
from helhed.sharing.safeguards.models import SampledLook
from pages.world import PASSWORD, mandate_to, user
from sanctions.split import wish

PDF = b"%PDF-1.4\nunderskrevet"
INTRUDERS = (
    Login("lis", "Lis Bro", "leader", "sof", FIVE),
    Login("agnes", "Agnes Dam", "analyst"),
    Login("kurt", "Kurt Vang", "representative"),
)


def staffed() -> None:
    """Those who pry and are not of the world: a leader, an analyst, somebody who acts for another citizen."""
    for login in INTRUDERS:
        appoint(by=SYSTEM, login=login, password=PASSWORD)


def chain(world: World) -> UUID:
    return acts.proposed(world.eva).pk


def letter(world: World) -> UUID:
    acts.decided(world.eva)
    return Letter.objects.filter(person_key=world.eva).order_by("written_at")[0].pk


def sanction(world: World) -> UUID:
    return sanctions.draft(by=user("bente"), person=world.eva, wish=wish())


def task(world: World) -> UUID:
    due = timezone.localdate() + timedelta(days=3)
    said = Wish(part="sagsbehandleransvar", title="Ring om praktikken", note="", due_on=due)
    return tasks.write(by=user("bente"), person=world.eva, wish=said)


def entrance(world: World) -> UUID:
    return opened(world).entrance.pk


def attachment(world: World) -> UUID:
    return attach(opened(world)).pk


def appointment(world: World) -> int:
    at = attach(opened(world)).pk
    return entrances.expect(by=user("bente"), attachment=at, at=soon(), sides="both").pk


def visit(world: World) -> UUID:
    return entrances.arrive(by=user("bente"), attachment=attach(opened(world)).pk).pk


def outreach(world: World) -> int:
    """A place of an entrance that is not the one the leader keeps."""
    hours = {"starts": soon().time(), "ends": (soon() + timedelta(hours=2)).time()}
    place = Place("shelter", "Herberget", "Vej 1", weekday=1, day=None, **hours)
    return keeping.add_outreach(by=user("lene"), entrance=opened(world).entrance.pk, place=place).pk


def asked_consent(world: World) -> UUID:
    return consent(world.eva, answer="")


def receipt(world: World) -> UUID:
    consent(world.eva)
    return Receipt.objects.get(consent__person_key=world.eva).pk


def answer(world: World) -> UUID:
    """An answer Bente wrote down, for a colleague of hers to confirm."""
    asked = consent(world.eva, answer="")
    consents.record_in_person(
        by=user("bente"), consent=asked, answer="given", words="Ja, det er fint.", language="da"
    )
    return asked


def paper(world: World) -> UUID:
    asked = consent(world.eva, answer="")
    today = timezone.localdate()
    said = {"signed_on": today, "file": PDF, "name": "papir.pdf", "language": "da"}
    consents.record_paper(by=user("bente"), consent=asked, answer="given", **said)
    return asked


def mandate(world: World) -> UUID:
    """From Eva, taken by Karin."""
    return mandate_to("karin", world.eva)


def line(world: World) -> int:
    consent(world.eva)
    return Event.objects.filter(person_key=world.eva).latest("pk").pk


def notice(world: World) -> int:
    return Notice.objects.filter(unit=ONE)[0].pk


def emergency(world: World) -> UUID:
    reason = "Moderen ringer og siger, at der er fare for liv."
    return safeguards.open_emergency(by=user("soeren"), person=world.bo, reason=reason).pk


def sample(world: World) -> int:
    return _sampled(world).sample_id


def look(world: World) -> int:
    return _sampled(world).pk


def _sampled(world: World) -> SampledLook:
    """A sample of SOF's looks of a month long ago."""
    at = timezone.make_aware(timezone.datetime(2026, 3, 10, 12))
    Event(
        at=at, actor="soeren", actor_role="caseworker", actor_unit=ONE, action="look", outcome="allowed",
        person_key=world.eva, purpose="sagsbehandling", fields=["identity"],
    ).save(force_insert=True)  # fmt: skip
    drawn = safeguards.draw_sample(by=user("dorte"), unit=ONE, month=at.date().replace(day=1), size=5)
    return SampledLook.objects.filter(sample=drawn)[0]


def draft(world: World) -> int:
    """Anders' own, shown to nobody."""
    words = {"key": "MIN", "label_da": "Min", "label_en": "Mine", "base_key": "", "note": ""}
    return drafting.save(by=user("anders"), criteria="all: [{age: {from: 18}}]", **words).pk
