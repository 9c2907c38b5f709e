"""Scenes of accounts, the register and membership."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from completeness.scenes import Stage, reaches
from helhed.accounts.actions import Login, appoint, end
from helhed.audit.actions import SYSTEM
from helhed.commands import demo_city
from helhed.membership import drafting
from helhed.membership.actions import recount, turn_day
from helhed.register.actions import change_identifier, merge, receive, refuse, unmerge
from helhed.register.models import Delivery, Person
from pages.test_who_may import _bad_file
from pages.world import ANNA, FIRST_BIF, sent_draft

CHANGED = f"AENDRING;CPRNR;FORNAVN;EFTERNAVN;ADRESSEBESKYTTELSE\r\nO;{ANNA};Anna;Åkær;N\r\n".encode("cp1252")


@reaches("accounts.actions:appoint", action="appoint", actor="system", object="user petra")
def _(stage: Stage):
    appoint(by=SYSTEM, login=Login("petra", "Petra Noval", "analyst"), password="kun-til-denne-test")


@reaches("accounts.actions:end", action="end", actor="system", object="user kim")
def _(stage: Stage):
    end(by=SYSTEM, username="kim")


@reaches("commands.demo_city:_mark", action="demo", actor="system", object="a part of the city")
def _(stage: Stage):
    demo_city._mark("a part of the city")


@reaches("register.arrival:register", action="deliver", actor="dorte", object="refused")
def _(stage: Stage):
    hand_in(stage, "indkoebsliste.csv", b"mel;sukker\r\n")


@reaches("register.actions:enqueue", action="enqueue", actor="dorte", object="bif-fagsystem")
def _(stage: Stage):
    lines = "".join(f"{line}\r\n" for line in FIRST_BIF["BIF_PERSONER"])
    hand_in(stage, "BIF_PERSONER_FULD_20261102.csv", lines.encode("cp1252"))


def hand_in(stage: Stage, name: str, content: bytes) -> None:
    files = {"kilde": "bif-fagsystem", "filer": SimpleUploadedFile(name, content)}
    stage.browser("dorte").post("/leverancer/ny", files)


@reaches("register.actions:confirm", action="confirm", actor="dorte", object="bif-fagsystem")
def _(stage: Stage):
    stage.post("dorte", f"/leverancer/{held(stage).pk}/bekraeft")


@reaches("register.actions:refuse", action="refuse", actor="dorte", object="bif-fagsystem")
def _(stage: Stage):
    refuse(by=stage.user("dorte"), delivery=held(stage))


def held(stage: Stage) -> Delivery:
    hand_in(stage, "BIF_PERSONER_AENDRING_20261103.csv", CHANGED)
    row = Delivery.objects.latest("pk")
    why = {"message_da": "Ville lukke 9 af 10.", "message_en": "Would close 9 of 10."}
    Delivery.objects.filter(pk=row.pk).update(status="held", ended=timezone.now(), **why)
    row.refresh_from_db()
    return row


@reaches("register.actions:fetch_rejected#1", action="fetch-rejected", actor="dorte", object="delivery")
@reaches("register.actions:fetch_rejected#2", action="rejected-rows", actor="dorte", person="bo")
def _(stage: Stage):
    stage.get("dorte", f"/leverancer/fil/{_bad_file(stage.world)}/afviste.csv")


@reaches("register.actions:change_identifier", action="change-identifier", actor="system", person="anna")
def _(stage: Stage):
    change_identifier(by=SYSTEM, old=ANNA, new="6101801119", on=date(2026, 3, 1))


@reaches("register.actions:merge", action="merge", actor="system", person="anna")
def _(stage: Stage):
    two_are_one(stage)


@reaches("register.actions:unmerge", action="unmerge", actor="system", person="anna")
def _(stage: Stage):
    unmerge(by=SYSTEM, merge=two_are_one(stage))


def two_are_one(stage: Stage):
    anna, bo = (Person.objects.get(key=key) for key in (stage.world.anna, stage.world.bo))
    return merge(by=SYSTEM, kept=anna, gone=bo, reason="samme person under to numre")


@reaches("register.running:_end", action="receive", actor="system", object="received")
def _(stage: Stage):
    (stage.folder / "BIF_PERSONER_AENDRING_20261103.csv").write_bytes(CHANGED)
    receive(by=SYSTEM, source="bif-fagsystem", folder=stage.folder)


@reaches("membership.actions:_recount", action="recount", actor="system", object="recount")
def _(stage: Stage):
    recount(by=SYSTEM)


@reaches("membership.actions:turn_day", action="turn-day", actor="system", object="days to")
def _(stage: Stage):
    turn_day(by=SYSTEM, today=timezone.localdate() + timedelta(days=1))


@reaches("membership.drafting:save", action="draft-save", actor="anders", object="KUN-SOF")
@reaches("membership.drafting:share", action="draft-share", actor="anders", object="shared")
@reaches("membership.drafting:send", action="draft-send", actor="anders", object="KUN-SOF")
def _(stage: Stage):
    sent_draft("anders")


@reaches("membership.drafting:withdraw", action="draft-withdraw", actor="anders", object="KUN-SOF")
def _(stage: Stage):
    stage.post("anders", f"/vaerksted/{sent_draft('anders').pk}/traek-tilbage")


@reaches("membership.drafting:approve", action="draft-approve", actor="lene", object="KUN-SOF from")
def _(stage: Stage):
    day = timezone.localdate() + timedelta(days=40)
    drafting.approve(by=stage.user("lene"), draft=sent_draft("anders"), valid_from=day)


@reaches("membership.drafting:reject", action="draft-reject", actor="lene", object="KUN-SOF")
def _(stage: Stage):
    drafting.reject(by=stage.user("lene"), draft=sent_draft("anders"), reason="for bred")
