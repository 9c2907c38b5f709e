"""How a unit is reached: said by its leader, shown in letters and to the citizen, kept as it was in what is written."""

from uuid import uuid4

import pytest

from helhed.audit.actions import SYSTEM
from helhed.coordination.handover.letters import actions, reaching
from helhed.coordination.handover.letters.models import Contact, Letter
from helhed.coordination.handover.letters.reaching import Wish
from helhed.sharing.answers import NoAccess
from helhed.sharing.refusal import Refused
from pages.world import World, user

ONE, GKL = "sof/driftscenter-1", "bif/jobcenter-koebenhavn/gammel-koege-landevej"
SPACE = "\N{NO-BREAK SPACE}"


def say(unit: str = ONE, by: str = "lene", **wish: str) -> None:
    wish = {"phone": "12345678", "hours_da": "hverdage kl. 9–15"} | wish
    reaching.say(by=user(by), unit=unit, wish=Wish(**wish), language="da")


@pytest.mark.parametrize(
    "typed", ["12345678", "12 34 56 78", "+45 12 34 56 78", "1234-5678", " 12.34.56.78 "]
)
def test_a_number_is_kept_in_pairs(typed):
    assert reaching.phone_of(typed) == "12 34 56 78"


@pytest.mark.parametrize("typed", ["", "112", "123456789", "+46 12 34 56 78", "12 34 56 7x", "١٢٣٤٥٦٧٨"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(Refused, match="otte cifre"):
        reaching.phone_of(typed)


def test_the_newest_holds_and_the_older_stays(pages, world: World):
    say(phone="11111111")
    say(hours_en="weekdays 9 to 3")
    found = reaching.reached(ONE, "en")
    assert (found.phone, found.dial, found.hours) == (
        f"12{SPACE}34{SPACE}56{SPACE}78",
        "+4512345678",
        "weekdays 9 to 3",
    )
    assert Contact.objects.filter(unit=ONE).count() == 2


def test_a_unit_without_a_number_has_the_one_above(pages, world: World):
    assert reaching.reached(GKL, "da") is None
    say("bif/jobcenter-koebenhavn", "birgit")
    assert reaching.reached(GKL, "da").label == "Jobcenter København"
    row = next(row for row in reaching.listed(by=user("birgit"), language="da") if row.unit == GKL)
    assert (row.own, row.from_above) == (None, "Jobcenter København")


def test_only_a_leader_and_only_of_the_own_administration(pages, world: World):
    for name in ("soeren", "anders"):
        with pytest.raises(NoAccess):
            say(by=name)
    for unit in (GKL, "sof/borgercenter-voksne", "sof/no-such"):
        with pytest.raises(LookupError):
            say(unit)
    assert not Contact.objects.exists()


def test_a_letter_keeps_the_number_it_was_sent_with(pages, world: World):
    say()
    words = {"from_unit": GKL, "to_unit": ONE, "day": "2026-12-01"}
    letter = actions.write(by=SYSTEM, person=world.anna, kind="moved", words=words, unit=ONE, step=uuid4())
    say(phone="11111111")
    texts = Letter.objects.get(pk=letter).texts
    number = f"12{SPACE}34{SPACE}56{SPACE}78"
    assert texts["da"]["contact"] == f"Telefon {number}, hverdage kl. 9–15"
    assert texts["en"]["contact"] == f"Telephone {number}, hverdage kl. 9–15"


def test_a_leader_says_it_on_the_page_and_keeps_what_was_typed_wrong(pages, world: World):
    client, path = pages("lene"), "/kontakt-til-enheder"
    wrong = client.post(path, {"enhed": ONE, "telefon": "112", "tid": "altid"})
    shown = wrong.content.decode()
    assert (
        wrong.status_code == 409
        and "otte cifre" in shown
        and 'value="112"' in shown
        and 'value="altid"' in shown
    )
    done = client.post(path, {"enhed": ONE, "telefon": "12 34 56 78"}, follow=True).content.decode()
    assert "Fra nu af står nummeret til Driftscenter" in done and "12 34 56 78" in done
    assert client.post(path, {"enhed": "bif", "telefon": "12 34 56 78"}).status_code == 404
    assert "tel:+4512345678" in pages("anna").get("/mig").content.decode()
