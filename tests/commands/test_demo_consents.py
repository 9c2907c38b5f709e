"""What the demo's citizens and staff find on their tables."""

import pytest

from commands.test_demo_city import make
from helhed.accounts.models import User
from helhed.sharing.consent.models import Answer, Consent
from helhed.sharing.mandates.models import Mandate

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def test_consents_and_a_mandate_lie_ready(settings, tmp_path):
    settings.KEY_FOLDER = tmp_path
    make()
    ours = Consent.objects.exclude(method="case_system")
    states = sorted(ours.values_list("state", flat=True))
    assert states and set(states) <= {"given", "requested"}
    assert Consent.objects.filter(method="case_system", state="given").exists()
    for answer in Answer.objects.all():
        assert (answer.confirmed_by, answer.consent.state) == ("", "requested")
    mandate = Mandate.objects.get()
    assert (mandate.holder, mandate.state, len(mandate.scope)) == ("karin", "active", 3)
    assert mandate.person_key in User.objects.filter(role="citizen").values_list("person_key", flat=True)
