"""What the log must not hold: passwords, what was searched for, numbers and names of citizens, contents of their cases."""

from helhed.audit.models import Event
from pages.world import ANNA, PASSWORD, World

TYPED = "Åkær"


def test_the_log_holds_no_contents(pages, world: World):
    last = Event.objects.latest("pk").pk
    pages().post("/log-ind/medarbejder", {"username": "anders", "password": PASSWORD})
    pages().post("/log-ind/medarbejder", {"username": PASSWORD, "password": "typed in the wrong field"})
    client = pages("bente")
    for text in (TYPED, ANNA, f"{ANNA[:6]}-{ANNA[6:]}"):
        client.post("/borgere", {"tekst": text, "formaal": "sagsbehandling"})
    client.post(f"/borger/{world.anna}", {"formaal": "sagsbehandling"})
    client.get(f"/borger/{world.anna}")
    pages("anders").get(f"/borger/{world.anna}")
    pages("dorte").get(f"/leverancer/{world.delivery.pk}")
    lines = [str(line) for line in Event.objects.filter(pk__gt=last).values_list()]
    assert len(lines) >= 8
    for secret in (PASSWORD, "wrong field", TYPED, ANNA, ANNA[6:], "Anna", "11.432", "aktivitetsparat"):
        assert not [line for line in lines if secret.lower() in line.lower()], secret
    assert client.session.session_key not in " ".join(lines)
