"""The API: the same numbers as the page, documented faults, nothing for strangers but health."""

import json

from helhed.law.sections import SECTIONS


def test_health_says_one_thing(pages):
    assert json.loads(pages().get("/api/v1/health").content) == {"status": "ok"}


def test_groups_are_protected_as_on_the_page(pages):
    answer = json.loads(pages("anders").get("/api/v1/groups?on=2026-11-01").content)
    anna = next(group for group in answer["groups"] if group["key"] == "2A")
    assert anna["size"] == {"value": None, "mark": "small", "below": answer["threshold"]}


def test_movements_are_those_of_the_page(pages):
    client = pages("anders")
    answer = json.loads(client.get("/api/v1/groups/2A/movements?on=2026-11-01").content)
    assert (answer["start"], answer["last"]) == ("2024-11-01", "2026-10-31") and len(answer["months"]) == 24
    assert [row["key"] for row in answer["graces"]] == ["P0D", "P4W", "P8W", "P13W", "P26W"]
    assert all(month["came"]["mark"] == "small" or month["came"]["value"] == 0 for month in answer["months"])
    unknown = client.get("/api/v1/groups/9Z/movements?on=2026-11-01")
    assert unknown.status_code == 404 and "9Z" in json.loads(unknown.content)["detail"]


def test_sections_and_entries_in_both_languages(pages):
    client = pages("bente")
    sections = json.loads(client.get("/api/v1/law?language=en").content)
    assert [section["name"] for section in sections] == list(SECTIONS)
    entries = json.loads(client.get("/api/v1/law/benefits?on=2025-07-01").content)
    keys = {entry["key"] for entry in entries}
    assert "kontanthjaelp/aktivitetsparat" in keys and "uddannelseshjaelp/aktivitetsparat" not in keys
    assert {"da", "en"} <= set(entries[0]["label"])


def test_faults_have_one_sentence(pages):
    client = pages("anders")
    assert client.get("/api/v1/groups?on=i-gaar").status_code == 422
    assert client.get("/api/v1/groups?on=2022-06-01&language=sv").status_code == 422
    unknown = client.get("/api/v1/law/farver")
    assert unknown.status_code == 404 and json.loads(unknown.content)["detail"]
    refused = pages("bente").get("/api/v1/groups?on=2022-06-01")
    assert refused.status_code == 403 and "mapping.see" in json.loads(refused.content)["detail"]


def test_every_fault_is_in_the_schema(pages):
    schema = json.loads(pages().get("/api/v1/openapi.json").content)
    for path, verbs in schema["paths"].items():
        if path != "/api/v1/health":
            assert {"200", "401", "403", "404", "422"} <= set(verbs["get"]["responses"])
