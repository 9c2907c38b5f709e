"""Scenes of the hatch, of numbers, of notices, and of the pages' own lines."""

from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.utils import timezone

from completeness.scenes import Stage, reaches
from helhed.accounts.models import Visit
from helhed.audit.actions import SYSTEM
from helhed.coordination.advis.actions import sign_off, write_notices
from helhed.pages.login import provider
from helhed.rules.criteria import Age
from helhed.sharing import counts, hatch, trials
from helhed.sharing.answers import NoAccess
from helhed.sharing.why import why_draft
from pages.test_who_may import _bad_file
from pages.world import ANNA, PASSWORD, _count, deliver, sent_draft


def refusal(act, **said):
    """Somebody is refused at the door itself, page or no page."""
    try:
        act(**said)
    except NoAccess:
        return
    raise AssertionError("nobody was refused")


@reaches("sharing.hatch:meeting", action="look", actor="bente", person="dorte", outcome="denied")
def _(stage: Stage):
    stage.get("bente", "/borger/{}", person="dorte")


@reaches("sharing.hatch:_view", action="look", actor="bente", person="anna", purpose="koordinering")
def _(stage: Stage):
    stage.get("bente", "/borger/{}", person="anna", purpose="koordinering")


@reaches("sharing.hatch:find", action="find", actor="lene", outcome="denied")
def _(stage: Stage):
    said = {"text": "Åkær", "purpose": "sagsbehandling", "language": "da"}
    refusal(hatch.find, by=stage.user("lene"), **said)


@reaches("sharing.hatch:_found_by#1", action="find", actor="bente", object="1 hits")
@reaches("sharing.hatch:_found_by#2", action="find-hit", actor="bente", person="anna")
def _(stage: Stage):
    stage.post("bente", "/borgere", tekst="Åkær", formaal="sagsbehandling")


@reaches("sharing.hatch:names", action="list", actor="bente", person="anna")
def _(stage: Stage):
    stage.get("bente", "/sagsbehandler")


@reaches("sharing.why.doors:_view", action="why", actor="bente", person="anna", outcome="allowed")
def _(stage: Stage):
    stage.get("bente", "/borger/{}/hvorfor", person="anna")


@reaches("sharing.why.doors:why_draft#1", action="why-draft", actor="ulla", person="anna", outcome="denied")
def _(stage: Stage):
    refusal(why_draft, by=stage.user("ulla"), **tried_on(stage))


@reaches("sharing.why.doors:why_draft#2", action="why-draft", actor="bente", person="anna")
def _(stage: Stage):
    why_draft(by=stage.user("bente"), **tried_on(stage))


def tried_on(stage: Stage) -> dict[str, object]:
    draft = {"criteria": Age(18, None), "label": "Voksne", "person": stage.world.anna}
    return draft | {"purpose": "sagsbehandling", "on": timezone.localdate(), "language": "da"}


@reaches("sharing.counts:allow#1", action="count", actor="bente", outcome="denied")
def _(stage: Stage):
    refusal(counts.people, by=stage.user("bente"))


@reaches("sharing.counts:allow#2", action="count", actor="anders", object="2A")
def _(stage: Stage):
    stage.get("anders", "/kortlaegning/2A")


@reaches("sharing.trials:_allow#1", action="trial", actor="ulla", outcome="denied")
def _(stage: Stage):
    refusal(trials._allow, by=stage.user("ulla"), what="5A 2026-06-01")


@reaches("sharing.trials:_allow#2", action="trial", actor="anders")
def _(stage: Stage):
    stage.get("anders", f"/vaerksted/{sent_draft('anders').pk}")


@reaches("coordination.advis.actions:_read", action="advis", actor="system", object="notices")
def _(stage: Stage):
    lines = [
        "AENDRING;Sagsnummer;Cpr;Sagstype;Enhed;Oprettet;Lukket",
        f"S;P2;{ANNA[:6]}-{ANNA[6:]};Primær;;;",
    ]
    delivery = deliver(stage.folder / "closed", "sof-fagsystem", {"SOF_SAGER_AENDRING": lines}, nights_ago=0)
    _count(delivery)
    write_notices(by=SYSTEM)


@reaches("coordination.advis.actions:sign_off", action="advis-done", actor="bente", person="anna")
def _(stage: Stage):
    sign_off(by=stage.user("bente"), notice=stage.world.notices["bif"].pk)


@reaches("pages.login.keeping:begin", action="log-in", actor="anders")
def _(stage: Stage):
    stage.browser().post("/log-ind/medarbejder", {"username": "anders", "password": PASSWORD})


@reaches("pages.login.keeping:_sent_out", action="log-out", actor="anders", object="time")
def _(stage: Stage):
    client = stage.browser("anders")
    client.get("/lov")
    session = client.session
    session["ends"] = 0
    session.save()
    client.get("/lov")


@reaches(
    "pages.login.local:_note_failure", action="log-in", actor="system", outcome="denied", object="password"
)
def _(stage: Stage):
    stage.browser().post("/log-ind/medarbejder", {"username": "anders", "password": "gæt"})


@reaches("pages.login.provider:_refused", action="log-in", actor="system", outcome="denied", object="staff")
def _(stage: Stage):
    request = RequestFactory().get("/")
    request.user, request.session = AnonymousUser(), {}
    provider._refused(request, "staff", "exchange", "forged")


@reaches("pages.login.leaving:leave", action="log-out", actor="anders")
def _(stage: Stage):
    stage.post("anders", "/log-af")


def at_two_places(stage: Stage) -> Client:
    """The second of two browsers in which Anders is logged in."""
    typed = {"username": "anders", "password": PASSWORD}
    browsers = [stage.browser(), stage.browser()]
    for browser in browsers:
        browser.post("/log-ind/medarbejder", typed)
    return browsers[1]


@reaches("accounts.actions:end_visit", action="visit-ended", actor="anders", object="one")
def _(stage: Stage):
    here = at_two_places(stage)
    other = Visit.objects.exclude(session_key=here.session.session_key).get()
    here.post("/mine-log-ind", {"luk": str(other.pk)})


@reaches("accounts.actions:end_other_visits", action="visit-ended", actor="anders", object="all others")
def _(stage: Stage):
    at_two_places(stage).post("/mine-log-ind", {"luk": "andre"})


def new_password(stage: Stage, present: str) -> None:
    new = "hestehov og regnbue"
    typed = {"old_password": present, "new_password1": new, "new_password2": new}
    at_two_places(stage).post("/adgangskode", typed)


@reaches("accounts.actions:change_password", action="password-changed", actor="anders", outcome="allowed")
def _(stage: Stage):
    new_password(stage, PASSWORD)


@reaches(
    "pages.login.password:ChangeForm.clean_old_password",
    action="password-changed",
    actor="anders",
    outcome="denied",
)
def _(stage: Stage):
    new_password(stage, "gæt")


@reaches("pages.access:needs.wrap.guarded", action="refused", actor="ulla", person="anna", outcome="denied")
def _(stage: Stage):
    stage.get("ulla", f"/borger/{stage.world.anna}")


@reaches("pages.steward.log_lines:told", action="see-log", actor="dorte", person="anna")
def _(stage: Stage):
    stage.get("bente", "/borger/{}", person="anna")
    stage.get("dorte", f"/log?borger={stage.world.anna}")


@reaches("pages.steward.rejected:see_rejected#1", action="see-rejected", actor="dorte", object="delivery")
@reaches("pages.steward.rejected:see_rejected#2", action="rejected-rows", actor="dorte", person="bo")
def _(stage: Stage):
    stage.get("dorte", f"/leverancer/{stage.world.delivery.pk}?raekker={_bad_file(stage.world)}")
