"""Staff and their appointments, for the one who oversees access."""

from datetime import timedelta

from django.utils import timezone

from helhed.accounts.actions import Login, appoint, end
from helhed.accounts.questions import staff
from helhed.audit.actions import SYSTEM
from helhed.audit.models import Event


def page(client) -> str:
    answer = client.get("/medarbejdere")
    assert answer.status_code == 200
    return answer.content.decode()


def test_everyone_stands_with_role_unit_and_limits(pages):
    shown = page(pages("dorte"))
    assert "Søren Kjær" in shown and "Driftscenter 1" in shown and "følsomhed" in shown
    assert Event.objects.filter(action="see-staff", actor="dorte").exists()


def test_the_history_stays_with_its_reasons(pages):
    today = timezone.localdate()
    later = Login("kim", "Kim Dahl", "leader", "sof", "sof/driftscenter-2", since=today + timedelta(days=9))
    appoint(by=SYSTEM, login=later, password=None)
    end(by=SYSTEM, username="lene", reason="barsel")
    states = {each.user.username: (each.state, len(each.rows)) for each in staff()}
    assert states["kim"] == ("now", 2) and states["lene"] == ("over", 1)
    assert {each.user.username: each.state for each in staff(today + timedelta(days=9))}["kim"] == "now"
    shown = page(pages("dorte"))
    assert "sluttet af system: barsel" in " ".join(shown.replace("</span>", "").split())
    assert "har ikke adgang mere" in shown


def test_one_who_has_not_begun_is_not_counted(pages):
    before = page(pages("dorte"))
    login = Login("ny", "Ny Ansat", "analyst", since=timezone.localdate() + timedelta(days=1))
    appoint(by=SYSTEM, login=login, password=None)
    shown = page(pages("dorte"))
    assert "begynder senere" in shown and "begynder senere" not in before
    assert [line for line in before.splitlines() if "har adgang i dag" in line] == [
        line for line in shown.splitlines() if "har adgang i dag" in line
    ]
