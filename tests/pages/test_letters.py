"""Letters: read by the citizen and by who acts for the citizen; printed, once, by the unit that has the case."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from pypdf import PdfReader

from helhed.accounts.models import User
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event
from helhed.coordination.handover.letters import actions, doors
from helhed.coordination.handover.letters.models import Letter
from helhed.sharing.ledger import actions as ledger
from pages.world import World, mandate_to, user

GKL, ONE = "bif/jobcenter-koebenhavn/gammel-koege-landevej", "sof/driftscenter-1"
MOVED = {"from_unit": GKL, "to_unit": ONE, "day": "2026-12-01"}
DECIDED = MOVED | {"ground": "LAB-40-3"}


def text_of(response) -> str:
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def written(person: UUID, kind: str = "moved", unit: str = GKL, **more: object) -> UUID:
    words = DECIDED if kind == "decision" else MOVED
    return actions.write(by=SYSTEM, person=person, kind=kind, words=words, unit=unit, step=uuid4(), **more)


def on_paper(person: UUID, unit: str = GKL) -> UUID:
    """A letter to somebody whose own log-in has ended."""
    User.objects.filter(person_key=person).update(is_active=False)
    letter = written(person, unit=unit)
    assert Letter.objects.get(pk=letter).channel == "print"
    return letter


def test_the_citizen_reads_a_letter_once_unread(pages, world: World):
    letter = written(world.anna, "decision")
    client = pages("anna")
    assert "Du har 1 brev, du ikke har læst" in text_of(client.get("/mig"))
    listed = text_of(client.get("/mig/breve"))
    assert "Vi har besluttet, at din sag skal flytte" in listed and "Ikke læst" in listed
    opened = text_of(client.get(f"/mig/breve/{letter}"))
    assert "Driftscenter 1 skal overtage din sag om arbejde" in opened
    assert "Sådan klager du" in opened and "Ankestyrelsen" in opened
    assert "Ikke læst" not in text_of(client.get("/mig/breve"))
    assert Letter.objects.get(pk=letter).state == "read"
    assert "Så dine breve" in text_of(client.get("/mig/opslag?egne="))


def test_it_is_there_in_english(pages, world: World):
    letter = written(world.anna, "decision")
    client = pages("anna")
    client.cookies["django_language"] = "en"
    client.post("/sprog", {"language": "en"})
    shown = text_of(client.get(f"/mig/breve/{letter}"))
    assert "We have decided that your case is to move" in shown and "How to complain" in shown


@pytest.mark.parametrize("ending", ["", ".pdf"])
def test_another_citizens_letter_does_not_exist(pages, world: World, ending):
    letter = written(world.bo)
    assert pages("anna").get(f"/mig/breve/{letter}{ending}").status_code == 404
    assert Letter.objects.get(pk=letter).state == "written"


def test_the_file_says_what_the_page_says(pages, world: World, tmp_path):
    letter = written(world.anna, "decision")
    answer = pages("anna").get(f"/mig/breve/{letter}.pdf")
    text = words_in(answer.content, tmp_path)
    assert answer["Content-Type"] == "application/pdf" and "Anna Åkær" in text
    assert "Sådan klager du" in text and "Det sker tidligst 1. december 2026" in text


def words_in(pdf: bytes, folder) -> str:
    file = folder / "letter.pdf"
    file.write_bytes(pdf)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


def test_a_representative_reads_within_the_mandate(pages, world: World):
    letter = written(world.anna)
    seeing, answering = mandate_to("karin", world.anna, "see"), mandate_to("karin", world.anna, "consent")
    client = pages("karin")
    assert "Din sag er flyttet" in text_of(client.get(f"/for/{seeing}/breve"))
    assert client.get(f"/for/{seeing}/breve/{letter}").status_code == 200
    assert client.get(f"/for/{answering}/breve/{letter}").status_code == 403
    line = Event.objects.filter(action="letters-seen", actor="karin").latest("id")
    assert (line.person_key, line.mandate) == (world.anna, seeing)


def test_a_letter_unread_for_long_goes_on_paper(pages, world: World, monkeypatch):
    written(world.anna)
    client = pages("bente")
    assert "Ingen breve venter på papir" in text_of(client.get("/breve-til-print"))
    monkeypatch.setattr(doors, "PATIENCE", timedelta(0))
    shown = text_of(client.get("/breve-til-print"))
    assert "1 brev skal sendes på papir" in shown and "Ikke læst på borgerens side" in shown


def test_printed_marked_and_taken_back(pages, world: World, tmp_path):
    letters = [on_paper(world.anna), on_paper(world.bo)]
    client = pages("bente")
    chosen = {"brev": [str(letter) for letter in letters]}
    file = client.post("/breve-til-print/valgte.pdf", chosen)
    text = words_in(file.content, tmp_path)
    assert file["Cache-Control"] == "no-store" and "Anna Åkær" in text and "Bo Berg" in text
    marked = text_of(client.post("/breve-til-print", chosen, follow=True))
    assert "2 breve er markeret som sendt" in marked and "Ingen breve venter på papir" in marked
    assert {Letter.objects.get(pk=letter).printed_by for letter in letters} == {"bente"}
    back = text_of(client.post("/breve-til-print", {"fortryd": "1"}, follow=True))
    assert "2 breve venter igen" in back and "2 breve skal sendes på papir" in back


def test_nothing_chosen_is_said(pages):
    for path in ("/breve-til-print", "/breve-til-print/valgte.pdf"):
        assert "Vælg mindst ét brev" in text_of(pages("bente").post(path, {"brev": ["x"]}, follow=True))


def test_another_unit_sees_and_prints_nothing(pages, world: World):
    letter = on_paper(world.bo)
    client = pages("kim")
    assert "Bo Berg" not in text_of(client.get("/breve-til-print"))
    assert client.get(f"/breve-til-print/{letter}.pdf").status_code == 404
    client.post("/breve-til-print", {"brev": [str(letter)]})
    assert Letter.objects.get(pk=letter).printed_at is None


def test_who_has_the_case_sends_what_the_unit_before_wrote(pages, world: World):
    """The letter that tells of the move is not lost when its sender may no longer know the citizen."""
    on_paper(world.anna)
    reorganise(world.anna, ONE)
    assert "Anna Åkær" in text_of(pages("soeren").get("/breve-til-print"))


def reorganise(person: UUID, unit: str) -> None:
    to = {"sagsbehandleransvar": unit, "beskaeftigelsesindsats": unit}
    ledger.move(by=SYSTEM, person=person, to=to, ground="omorganisering", ref=uuid4())


def test_a_protected_address_is_not_in_the_letter(pages, world: World, tmp_path):
    letter = written(world.dorte, unit=ONE)
    assert Letter.objects.get(pk=letter).channel == "print"
    client = pages("soeren")
    assert "Beskyttet adresse" in text_of(client.get("/breve-til-print"))
    assert "Dorte Ørum" in words_in(client.get(f"/breve-til-print/{letter}.pdf").content, tmp_path)
    lines = Event.objects.filter(action="letter-printed", person_key=world.dorte)
    assert [line.fields for line in lines] == [["identity"]]


def test_the_mark_holds_once(pages, world: World):
    letter = on_paper(world.bo)
    assert [doors.sent(by=user(name), letters=[letter]) for name in ("bente", "bente")] == [1, 0]
    assert doors.not_sent(by=user("yrsa"), letters=[letter]) == 0


def test_a_caseworker_sees_what_the_citizen_was_told(pages, world: World):
    """And nothing of money from the other side; that it was looked at stands in the citizen's log."""
    written(world.anna, "decision")
    words = {"deciding_unit": ONE}
    said = {"person": world.anna, "kind": "sanction-cancelled", "words": words, "step": uuid4()}
    actions.write(by=SYSTEM, unit=ONE, **said)
    client = pages("bente")
    client.post(f"/borger/{world.anna}", {"formaal": "sagsbehandling"})
    shown = text_of(client.get(f"/borger/{world.anna}/breve"))
    assert (
        "Vi har besluttet, at din sag skal flytte" in shown and "Ligger på borgerens side, ikke læst" in shown
    )
    assert "Din ydelse bliver ikke sat ned" not in shown
    line = Event.objects.filter(action="letters-seen", actor="bente").latest("id")
    assert (line.person_key, line.outcome) == (world.anna, "allowed")
    stranger = pages("kim")
    stranger.post(f"/borger/{world.anna}", {"formaal": "sagsbehandling"})
    assert stranger.get(f"/borger/{world.anna}/breve").status_code == 403
