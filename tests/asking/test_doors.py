"""The doors of consent, as pages use them: who is let in, what is answered, and what the citizen's log says of it."""

import json
from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from pypdf import PdfReader

from helhed.audit.keys import public_keys
from helhed.audit.models import Event
from helhed.sharing import hatch
from helhed.sharing.answers import NoAccess
from helhed.sharing.asking import own, staff
from helhed.sharing.asking.answers import Refused
from helhed.sharing.consent.models import Consent
from helhed.sharing.consent.standing import holding
from helhed.sharing.consent.verifying import verify
from pages.world import mandate_to, user

WORK = "sagsbehandling"
PDF = b"%PDF-1.7 made for a test"
WISH = {
    "template": "deling",
    "categories": ("benefit", "employment_case"),
    "sources": ("bif",),
    "recipients": ("sof/driftscenter-1",),
    "case_ref": "P2",
    "days": 90,
    "language": "da",
}


def asked(world, **more) -> UUID:
    wish = {**WISH, **more}
    return staff.ask(by=user("soeren"), person=world.anna, purpose=WORK, kind="deling", **wish)


def sharing_alone(world) -> None:
    """Take back what the case system delivered, so that the test's own consent is the only one."""
    for view in own.consents(by=user("anna"), language="da"):
        if "withdraw" in view.may:
            own.withdraw(by=user("anna"), consent=view.id, language="da")


def test_the_words_shown_before_asking_are_those_asked_with(world):
    shown = staff.preview(by=user("soeren"), person=world.anna, purpose=WORK, **WISH)
    view = own.consent(by=user("anna"), consent=asked(world), language="da")
    assert view.notice == shown
    assert view.may == {"give", "refuse"}
    assert "ydelser og beskæftigelsessag" in shown.what
    assert "Driftscenter 1" in shown.who
    assert "90 dage" in shown.validity
    assert shown.text.split("\n\n")[0] == shown.title


def test_yes_opens_and_taking_back_closes_at_once(world):
    """One step each: the same number of calls, and the receipt of either."""
    sharing_alone(world)
    assert not benefits_open()
    number = asked(world)
    assert not benefits_open(), "asking opens nothing"
    given = own.give(by=user("anna"), consent=number, language="da")
    assert benefits_open()
    taken = own.withdraw(by=user("anna"), consent=number, language="da")
    assert not benefits_open()
    assert (given.event, taken.event) == ("given", "withdrawn")
    assert own.consent(by=user("anna"), consent=number, language="da").may == set()


def benefits_open() -> bool:
    anna = user("anna").person_key
    view = hatch.look(person=anna, by=user("soeren"), purpose=WORK, on=timezone.localdate(), language="da")
    return any(lane.kind == "benefit" and lane.open for lane in view.lanes)


def test_a_receipt_is_genuine_and_its_paper_says_the_same(world):
    number = asked(world)
    receipt = own.give(by=user("anna"), consent=number, language="en")
    file = own.receipt_json(by=user("anna"), receipt=receipt.id)
    assert verify(file, public_keys()).consent == str(number)
    record = json.loads(file)["receipt"]["dpv:hasRecordOfActivity"]
    text = "\n".join(
        page.extract_text()
        for page in PdfReader(BytesIO(own.receipt_pdf(by=user("anna"), receipt=receipt.id))).pages
    )
    flat = " ".join(text.split())
    for category in record["processing"]["dpv:hasPersonalData"]:
        assert category["dct:title"] in flat
    for part in record["processing"]["dpv:hasNotice"]["dct:description"].split("\n\n")[1:]:
        assert " ".join(part.split())[:40] in flat
    assert "Anna Åkær" in flat and str(receipt.id) in flat


def test_somebody_elses_consent_does_not_exist(world):
    number = asked(world)
    receipt = own.give(by=user("anna"), consent=number, language="da")
    for act in (own.consent, own.give, own.withdraw, own.renew, own.refuse):
        with pytest.raises(LookupError):
            act(by=user("bo"), consent=number, language="da")
    with pytest.raises(LookupError):
        own.receipt_json(by=user("bo"), receipt=receipt.id)
    with pytest.raises(LookupError):
        own.consent(by=user("anna"), consent=uuid4(), language="da")


@pytest.mark.parametrize("username", ["kim", "lene", "anders", "dorte", "ulla", "anna", "karin"])
def test_others_are_not_let_in_as_caseworkers(world, username):
    with pytest.raises(NoAccess):
        staff.consents(by=user(username), person=world.anna, purpose=WORK, language="da")
    number = asked(world)
    with pytest.raises(NoAccess):
        staff.withdraw(by=user(username), consent=number, heard="oral", language="da")
    with pytest.raises(NoAccess):
        staff.receipt_pdf(by=user(username), person=world.anna, receipt=uuid4_receipt(world), purpose=WORK)


def uuid4_receipt(world) -> UUID:
    return own.give(by=user("anna"), consent=asked(world), language="da").id


def test_a_refusal_is_written(world):
    with pytest.raises(NoAccess):
        staff.consents(by=user("kim"), person=world.anna, purpose=WORK, language="da")
    line = Event.objects.filter(actor="kim", person_key=world.anna).latest("pk")
    assert (line.outcome, line.ground) == ("denied", "other-unit")


def test_in_person_takes_two_of_the_same_line(world):
    sharing_alone(world)
    number = asked(world)
    staff.record_in_person(
        by=user("soeren"), consent=number, answer="given", language="da", words="Ja, gerne"
    )
    assert not holding(world.anna, lock=True)
    assert staff.waiting(by=user("soeren"), language="da") == ()
    assert staff.waiting(by=user("kim"), language="da") == ()
    (waiting,) = staff.waiting(by=user("lene"), language="da")
    assert (waiting.id, waiting.recorded_words, waiting.recorded_answer) == (number, "Ja, gerne", "given")
    assert waiting.recorded_by_name == "Søren Kjær" and "confirm" in waiting.may
    with pytest.raises(Refused):
        staff.confirm(by=user("soeren"), item=number, agrees=True, language="da")
    with pytest.raises(LookupError):
        staff.confirm(by=user("kim"), item=number, agrees=True, language="da")
    staff.confirm(by=user("lene"), item=number, agrees=True, language="da")
    (held,) = holding(world.anna, lock=True)
    assert held.id == number


def test_what_is_not_confirmed_falls_and_says_why(world):
    number = asked(world)
    staff.record_in_person(by=user("soeren"), consent=number, answer="given", language="da", words="Ja")
    staff.confirm(by=user("lene"), item=number, agrees=False, reason="Borgeren var i tvivl", language="da")
    view = staff.consent(by=user("soeren"), person=world.anna, consent=number, purpose=WORK, language="da")
    assert (view.state, view.not_confirmed, view.awaits_confirmation) == (
        "requested",
        "Borgeren var i tvivl",
        False,
    )
    assert view.may == {"record"}


def test_on_paper_counts_at_once_and_the_scan_can_be_fetched(world):
    number = asked(world)
    receipt = staff.record_paper(
        by=user("soeren"),
        consent=number,
        answer="given",
        signed_on=timezone.localdate(),
        file=PDF,
        name="scan.pdf",
        language="da",
    )
    assert receipt.event == "given"
    scan = staff.scan(by=user("soeren"), item=number, language="da")
    assert (scan.data, scan.media_type) == (PDF, "application/pdf")
    with pytest.raises(LookupError):
        staff.scan(by=user("kim"), item=number, language="da")


@pytest.mark.parametrize(
    ("file", "word"),
    [(b"<html>", "PDF, PNG"), (b"", "PDF, PNG"), (PDF + b"0" * (10 * 1024 * 1024), "10 MB")],
)
def test_a_paper_that_is_none_is_refused(world, file, word):
    with pytest.raises(Refused, match=word):
        staff.record_paper(
            by=user("soeren"),
            consent=asked(world),
            answer="given",
            signed_on=timezone.localdate(),
            file=file,
            name="x",
            language="da",
        )


def test_days_on_a_paper_lie_between_the_question_and_today(world):
    number = asked(world)
    for days in (-1, 1):
        with pytest.raises(Refused):
            staff.record_paper(
                by=user("soeren"),
                consent=number,
                answer="given",
                signed_on=timezone.localdate() + timedelta(days=days),
                file=PDF,
                name="x",
                language="da",
            )


def test_the_form_to_sign_has_the_words(world):
    pdf = staff.notice_pdf(by=user("soeren"), consent=asked(world), language="da")
    text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)
    assert "Må vi dele oplysninger om dig?" in text and "Underskrift" in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"recipients": ("sof/driftscenter-2",)},
        {"recipients": ("bif",)},
        {"recipients": ()},
        {"categories": ()},
        {"categories": ("alt",)},
        {"sources": ()},
        {"sources": ("buf",)},
        {"days": 0},
        {"days": 900},
        {"template": "findes-ikke"},
        {"template": "helhedsorienteret-plan"},
    ],
)
def test_what_cannot_be_asked_is_refused(world, wrong):
    with pytest.raises(Refused):
        asked(world, **wrong)


def test_one_comes_by_oneself(world):
    number = own.volunteer(by=user("bo"), kind="deling", language="en")
    assert own.volunteer(by=user("bo"), kind="deling", language="en") == number
    own.give(by=user("bo"), consent=number, language="en")
    rows = own.shared(by=user("bo"), language="en").rows
    assert {row.consent for row in rows} == {number}
    assert {(row.side, choice.key) for row in rows for choice in row.seen_by} == {
        ("bif", "sof"),
        ("sof", "bif"),
    }


def test_renewing_ends_the_old_and_begins_anew(world):
    number = asked(world)
    own.give(by=user("anna"), consent=number, language="da")
    own.renew(by=user("anna"), consent=number, language="en")
    old, new = Consent.objects.get(pk=number), Consent.objects.get(renews=number)
    assert (old.state, new.state, new.language) == ("renewed", "given", "en")
    assert new.valid_to > old.valid_to


def test_who_acts_by_mandate_stands_in_every_trace(world):
    mandate = mandate_to("karin", world.anna, "consent")
    number = asked(world)
    karin = user("karin")
    own.give(by=karin, consent=number, language="da", mandate=mandate)
    row = Consent.objects.get(pk=number)
    assert (row.expressed_by, row.mandate) == ("representative", mandate)
    view = own.consent(by=user("anna"), consent=number, language="da")
    assert view.representative_name == "Karin Madsen"
    lines = Event.objects.filter(actor="karin", person_key=world.anna).exclude(action="list")
    assert lines and all(line.mandate == mandate for line in lines)
    with pytest.raises(NoAccess):
        own.shared(by=karin, language="da", mandate=mandate)
    own.revoke_mandate(by=user("anna"), mandate=mandate, language="da")
    with pytest.raises(NoAccess):
        own.withdraw(by=karin, consent=number, language="da", mandate=mandate)
    (ended,) = own.represented(by=karin, language="da")
    assert (ended.state, ended.person_name) == ("revoked", "")


def test_expiring_are_those_asked_here(world):
    number = asked(world, days=20)
    own.give(by=user("anna"), consent=number, language="da")
    page = staff.expiring(by=user("soeren"), language="da")
    (soon,) = page.rows
    assert page.total == 1 and not staff.expiring(by=user("soeren"), language="da", page=2).rows
    assert (soon.id, soon.expires_soon) == (number, True)
    assert staff.expiring(by=user("kim"), language="da").rows == ()
    assert "renew" in own.consent(by=user("anna"), consent=number, language="da").may
    with pytest.raises(NoAccess):
        staff.expiring(by=user("lene"), language="da")


def test_a_notice_names_the_consent_it_rests_on(world):
    (held,) = holding(world.anna, lock=True)
    assert {notice.consent for notice in world.notices.values()} == {held.id}


def test_every_door_leaves_a_line(world):
    anna, soeren = user("anna"), user("soeren")
    number = asked(world)
    receipt = own.give(by=anna, consent=number, language="da").id
    doors = [
        lambda: own.consents(by=anna, language="da"),
        lambda: own.consent(by=anna, consent=number, language="da"),
        lambda: own.shared(by=anna, language="da"),
        lambda: own.receipt_json(by=anna, receipt=receipt),
        lambda: own.receipt_pdf(by=anna, receipt=receipt),
        lambda: own.mandates(by=anna, language="da"),
        lambda: staff.consents(by=soeren, person=world.anna, purpose=WORK, language="da"),
        lambda: staff.consent(by=soeren, person=world.anna, consent=number, purpose=WORK, language="da"),
        lambda: staff.mandates(by=soeren, person=world.anna, purpose=WORK, language="da"),
        lambda: staff.receipt_pdf(by=soeren, person=world.anna, receipt=receipt, purpose=WORK),
        lambda: staff.notice_pdf(by=soeren, consent=number, language="da"),
        lambda: staff.who_looked(by=soeren, person=world.anna, purpose=WORK, language="da"),
        lambda: staff.preview(by=soeren, person=world.anna, purpose=WORK, **WISH),
        lambda: staff.withdraw(by=soeren, consent=number, heard="oral", language="da"),
    ]
    for door in doors:
        before = Event.objects.filter(person_key=world.anna).count()
        door()
        assert Event.objects.filter(person_key=world.anna).count() > before
