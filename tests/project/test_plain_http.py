"""Over plain HTTP a page leads to TLS; the API refuses."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", ["/api/v1/health", "/api/v1/groups?on=2026-01-01", "/api/findes-ikke"])
def test_a_plain_call_of_the_api_is_refused_and_not_led_on(settings, method, path):
    settings.SECURE_SSL_REDIRECT = True
    answer = getattr(Client(), method)(path)
    assert answer.status_code == 403 and set(answer.json()) == {"detail"}
    assert "HTTPS only" in answer.json()["detail"] and "Location" not in answer


def test_over_tls_the_api_answers_and_a_plain_page_leads_there(settings):
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/api/v1/health", secure=True).json() == {"status": "ok"}
    assert Client().get("/om")["Location"] == "https://testserver/om"


def test_without_tls_as_in_the_demo_nothing_is_refused():
    assert Client().get("/api/v1/health").json() == {"status": "ok"}
