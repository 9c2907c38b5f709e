"""Scenes of the doors: what citizens, those who act for them, and caseworkers read of consents and mandates."""

from django.utils import timezone

from completeness.scenes import Stage, reaches
from completeness.scenes_consent import PDF, asked, given, on_paper
from completeness.scenes_sharing import refusal
from helhed.audit.actions import SYSTEM
from helhed.sharing.access import listing
from helhed.sharing.asking import own, staff
from helhed.sharing.consent import actions as consents
from helhed.sharing.consent import errands
from helhed.sharing.consent.models import Receipt
from pages.world import mandate_to

CASE = {"purpose": "sagsbehandling", "language": "da"}


@reaches("sharing.asking.own:consents", action="consents-seen", actor="anna", person="anna", object="")
def _(stage: Stage):
    own.consents(by=stage.user("anna"), language="da")


@reaches("sharing.asking.own:consent", action="consents-seen", actor="bo", person="bo", object="consent")
def _(stage: Stage):
    own.consent(by=stage.user("bo"), consent=asked(stage), language="da")


@reaches("sharing.asking.own:volunteer", action="consents-seen", actor="bo", person="bo", object="consent")
def _(stage: Stage):
    for _ in range(2):
        own.volunteer(by=stage.user("bo"), kind="deling", language="da")


@reaches("sharing.asking.own:shared", action="shared-seen", actor="anna", person="anna")
def _(stage: Stage):
    own.shared(by=stage.user("anna"), language="da")


@reaches("sharing.asking.own:mandates", action="mandates-seen", actor="anna", person="anna")
def _(stage: Stage):
    own.mandates(by=stage.user("anna"), language="da")


@reaches("sharing.asking.own:represented", action="list", actor="karin", person="anna")
def _(stage: Stage):
    mandate_to("karin", stage.world.anna)
    own.represented(by=stage.user("karin"), language="da")


@reaches("sharing.asking.own:acting", action="mandate-used", actor="karin", person="anna")
def _(stage: Stage):
    mandate = mandate_to("karin", stage.world.anna)
    own.acting(by=stage.user("karin"), mandate=mandate, language="da")


@reaches("sharing.asking.own:_receipt", action="receipt-fetched", actor="bo", person="bo")
def _(stage: Stage):
    given(stage)
    own.receipt_json(by=stage.user("bo"), receipt=Receipt.objects.latest("at").pk)


@reaches("sharing.asking.staff:preview", action="consent-drafted", actor="bente", person="bo")
def _(stage: Stage):
    wished = {"template": "deling", "categories": ("benefit",), "sources": ("sof",), "recipients": ("bif",)}
    more = {"case_ref": "", "days": 30, "language": "da", "purpose": "sagsbehandling"}
    staff.preview(by=stage.user("bente"), person=stage.world.bo, **wished, **more)


@reaches("sharing.asking.staff:consents", action="consents-seen", actor="bente", person="bo", object="")
def _(stage: Stage):
    staff.consents(by=stage.user("bente"), person=stage.world.bo, **CASE)


@reaches("sharing.asking.staff:consent", action="consents-seen", actor="bente", person="bo", object="consent")
def _(stage: Stage):
    staff.consent(by=stage.user("bente"), person=stage.world.bo, consent=asked(stage), **CASE)


@reaches("sharing.asking.staff:mandates", action="mandates-seen", actor="bente", person="bo")
def _(stage: Stage):
    staff.mandates(by=stage.user("bente"), person=stage.world.bo, **CASE)


@reaches("sharing.asking.staff:notice_pdf", action="form-printed", actor="bente", person="bo")
def _(stage: Stage):
    staff.notice_pdf(by=stage.user("bente"), consent=asked(stage), language="da")


@reaches("sharing.asking.staff:receipt_pdf", action="receipt-fetched", actor="bente", person="bo")
def _(stage: Stage):
    given(stage)
    receipt = Receipt.objects.latest("at").pk
    staff.receipt_pdf(
        by=stage.user("bente"), person=stage.world.bo, receipt=receipt, purpose="sagsbehandling"
    )


@reaches("sharing.asking.staff:who_looked", action="log-read", actor="bente", person="bo")
def _(stage: Stage):
    staff.who_looked(by=stage.user("bente"), person=stage.world.bo, **CASE)


@reaches("sharing.asking.staff:waiting", action="confirm-list", actor="birgit", person="anna")
def _(stage: Stage):
    on_paper(stage)
    staff.waiting(by=stage.user("birgit"), language="da")


@reaches("sharing.asking.staff:scan#2", action="scan-fetched", actor="bente", person="bo")
def _(stage: Stage):
    paper = {"signed_on": timezone.localdate(), "file": PDF, "name": "papir.pdf", "language": "da"}
    consent = asked(stage)
    consents.record_paper(by=stage.user("bente"), consent=consent, answer="given", **paper)
    staff.scan(by=stage.user("bente"), item=consent, language="da")


@reaches("sharing.asking.staff:scan#1", action="scan-fetched", actor="birgit", person="anna")
def _(stage: Stage):
    mandate, _code = on_paper(stage)
    staff.scan(by=stage.user("birgit"), item=mandate, language="da")


@reaches("sharing.access.listing:cases", action="list", actor="anders", outcome="denied")
def _(stage: Stage):
    refusal(listing.cases, by=stage.user("anders"), **CASE)


@reaches("sharing.access.listing:_rows", action="list", actor="bente", person="bo", purpose="sagsbehandling")
def _(stage: Stage):
    listing.cases(by=stage.user("bente"), **CASE)


class Nobody:
    """The national solution where nothing has been answered yet."""

    def ask(self, **said: str) -> str:
        return "reference 1"

    def replies(self, reference: str) -> list:
        return []


@reaches("sharing.consent.errands:_put", action="consent-sent", actor="system", person="bo")
def _(stage: Stage):
    asked(stage)
    errands.carry(by=SYSTEM, national=Nobody())


@reaches("pages.steward.health:verify", action="verify-log", actor="dorte", object="0 findings")
def _(stage: Stage):
    stage.post("dorte", "/log/tilstand/efterproev")


@reaches("pages.steward.staff:index", action="see-staff", actor="dorte", object="logins")
def _(stage: Stage):
    stage.get("dorte", "/medarbejdere")
