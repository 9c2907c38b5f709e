"""The steward's pages: any hand-over can be answered for, found and decided again; each look is in the citizen's log."""

import html

import pytest
from django.conf import settings
from django.test import Client

from handover import acts
from handover.acts import alter
from handover.world import _BENEFITS, EVA, FINN, _later
from helhed.audit.models import Event
from helhed.coordination.handover.chain.models import Step
from helhed.coordination.handover.chain.returning import open_return, write_note
from helhed.coordination.handover.work import accounting
from helhed.sharing.answers import NoAccess
from helhed.sharing.log import lines_of
from pages.world import user

LIST = "/tilsyn/overdragelser"


@pytest.fixture
def dorte(world):
    """The steward's browser, in Danish."""
    client = Client(headers={"accept-language": "da"})
    client.force_login(user("dorte"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "da"
    return client


def text(answer) -> str:
    return html.unescape(answer.content.decode())


def test_the_list_names_nobody(world, dorte):
    chain = acts.effective(world.eva)
    said = text(dorte.get(LIST))
    assert str(chain.pk)[:8] in said and "Eva Holt" not in said and "Flyttet" in said
    assert str(chain.pk)[:8] not in text(dorte.get(f"{LIST}?stand=lapsed"))
    assert str(chain.pk)[:8] in text(dorte.get(f"{LIST}?model=5A&stand=effective"))
    assert str(chain.pk)[:8] not in text(dorte.get(f"{LIST}?model=1A"))
    assert str(chain.pk)[:8] not in text(dorte.get(f"{LIST}?vej=back"))
    assert "Ingen overdragelser passer" in text(dorte.get(f"{LIST}?vej=back&stand=accepted"))
    assert "Venter på, at BIF tager imod" in text(dorte.get(f"{LIST}?vej=back"))
    assert dorte.get(f"{LIST}?side=abc&stand=%27&vej=x").status_code == 200


def test_it_is_found_by_its_number_or_the_citizen_s(world, dorte):
    chain = acts.proposed(world.eva)
    to = dorte.post(f"{LIST}/find", {"soeg": f" {chain.pk} "})
    assert to.status_code == 302 and to["Location"] == f"{LIST}/{chain.pk}"
    said = text(dorte.post(f"{LIST}/find", {"soeg": EVA}))
    assert "Eva Holt har 1 overdragelse." in said and str(chain.pk)[:8] in said
    assert Event.objects.filter(action="handover-account-find", person_key=world.eva, actor="dorte").exists()
    assert "Finn Bech har 0 overdragelser." in text(dorte.post(f"{LIST}/find", {"soeg": FINN}))
    short = dorte.post(f"{LIST}/find", {"soeg": str(chain.pk)[:8].upper()})
    assert short["Location"] == f"{LIST}/{chain.pk}", "as the list shows it"
    for wrong in ("", "Eva", "0101010000", "00000000"):
        answer = dorte.post(f"{LIST}/find", {"soeg": wrong})
        assert answer.status_code == 400 and "Skriv et helt personnummer" in text(answer)


def test_all_of_it_is_told(world, dorte):
    chain = acts.effective(world.eva)
    said = text(dorte.get(f"{LIST}/{chain.pk}"))
    told = (
        "Eva Holt",
        "Bente Holm",
        "Søren Kjær",
        "Systemet selv",
        "Kontanthjælp (aktivitetsparat)",
        "BIF_YDELSER",
        "Kriterierne er: <strong>opfyldt",
        "Lene Brandt",
        "Forsøg",
        "Sagsbehandleransvaret",
        "SHA-256",
        "Fortsat behov for en indsats fra SOF: ja",
    )
    assert [words for words in told if words not in said] == []
    lines = Event.objects.filter(person_key=world.eva, actor="dorte", purpose="tilsyn")
    fields = {field for line in lines.values_list("fields", flat=True) for field in line}
    assert fields == {"identity", "handover", "benefit", "service", "social_case", "consent"}
    assert all(line.decision for line in lines)


def test_only_what_decided_is_shown_and_the_rest_takes_a_reason(world, dorte):
    """A benefit that was over long ago was looked at, and decided nothing."""
    old = f"O;H-Y-gammel;{EVA};Kontanthjælp, jobparat;01-02-2015;01-02-2016;9000,00"
    _later(world, {"BIF_YDELSER_AENDRING": [_BENEFITS, old]})
    chain = acts.effective(world.eva)
    said = text(dorte.get(f"{LIST}/{chain.pk}"))
    assert "Kontanthjælp (aktivitetsparat)" in said and "H-Y-gammel" not in said
    assert "oplysning, der ikke afgjorde noget" in said
    refused = dorte.post(f"{LIST}/{chain.pk}/alle", {"grund": "fordi"})
    assert (
        refused.status_code == 400 and "H-Y-gammel" not in text(refused) and 'value="fordi"' in text(refused)
    )
    assert not Event.objects.filter(action="handover-account-whole").exists()
    why = "Borgeren klager over, at en gammel ydelse talte med."
    said = text(dorte.post(f"{LIST}/{chain.pk}/alle", {"grund": why}))
    assert "H-Y-gammel" in said and "Hvorfor er det nødvendigt?" not in said
    line = Event.objects.get(action="handover-account-whole", person_key=world.eva)
    assert (line.actor, line.object, line.purpose) == ("dorte", why, "tilsyn") and line.decision
    (told,) = [each for each in lines_of(world.eva, language="da") if "ikke afgjorde noget" in each.action]
    assert told.who == "Databeskyttelsesrådgiveren" and "benefit" in line.fields


def test_it_is_decided_again_and_all_holds(world, dorte):
    chain = acts.effective(world.eva)
    said = text(dorte.post(f"{LIST}/{chain.pk}/igen"))
    assert "Alle faldt ud som dengang" in said and "holder ikke" not in said
    assert Event.objects.filter(action="handover-retried", person_key=world.eva, actor="dorte").exists()


def test_what_was_changed_is_said_where_it_is(owner, world, dorte):
    chain = acts.effective(world.eva)
    step = Step.objects.get(chain=chain, kind="decided")
    alter("handover_step", f"UPDATE handover_step SET note = 'noget andet' WHERE id = '{step.pk}'")
    said = text(dorte.post(f"{LIST}/{chain.pk}/igen"))
    assert "1 ting er ikke, som det var" in said
    assert f"{step.number}. Afgjort: Trinnet er ændret, siden det blev taget" in said


def test_what_cannot_be_read_any_more_is_still_shown(owner, world, dorte):
    """A rule or evidence that somebody has spoilt breaks no page."""
    chain = acts.effective(world.eva)
    alter("handover_ruletext", "UPDATE handover_ruletext SET text = 'intet'")
    assert dorte.get(f"{LIST}/{chain.pk}").status_code == 200
    said = text(dorte.post(f"{LIST}/{chain.pk}/igen"))
    assert "Reglens ordlyd er ændret" in said


def test_a_return_is_answered_for_too(world, dorte):
    over = acts.effective(world.eva)
    back = open_return(by=user("soeren"), chain=over.pk, cause="request", note="Efter samtale.")
    write_note(by=user("soeren"), chain=back, note="Plan aftalt 1. juni.")
    said = text(dorte.get(f"{LIST}/{back}"))
    assert "Borgeren har bedt om det" in said and "»Plan aftalt 1. juni.«" in said
    assert f"{LIST}/{back}" in text(dorte.get(f"{LIST}/{over.pk}"))
    assert "Alle faldt ud som dengang" in text(dorte.post(f"{LIST}/{back}/igen"))


@pytest.mark.parametrize("who", ["bente", "lene", "anders", "eva"])
def test_nobody_else_comes_in(world, who):
    chain = acts.proposed(world.eva)
    for act in (
        lambda: accounting.listed(by=user(who), language="da"),
        lambda: accounting.of_citizen(by=user(who), number=EVA, language="da"),
        lambda: accounting.account(by=user(who), chain=chain.pk, language="da"),
        lambda: accounting.tried(by=user(who), chain=chain.pk, language="da"),
        lambda: accounting.whole(by=user(who), chain=chain.pk, reason="Det er en klage.", language="da"),
    ):
        with pytest.raises(NoAccess):
            act()
    assert Event.objects.filter(action="handover-account", actor=who, outcome="denied").count() == 5
