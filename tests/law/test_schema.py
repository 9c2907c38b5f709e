"""The committed JSON schema: made from the shapes, closed, and true of every file of the catalogue."""

import json
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from helhed.law.schema import as_text
from helhed.rules.yaml_lines import read_yaml
from law.paths import CATALOGUE, SCHEMA

FILES = sorted(CATALOGUE.rglob("*.yaml"))


@pytest.fixture(scope="module")
def validator():
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def as_json(text):
    def iso(value):
        assert isinstance(value, date)
        return value.isoformat()

    return json.loads(json.dumps(read_yaml(text, "b.yaml").plain(), default=iso))


def test_the_committed_schema_is_the_one_the_shapes_give():
    assert SCHEMA.read_text(encoding="utf-8") == as_text()


def test_it_is_a_sound_schema(validator):
    Draft202012Validator.check_schema(validator.schema)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_follows_it(validator, file):
    errors = validator.iter_errors(as_json(file.read_text(encoding="utf-8")))
    assert not [f"{list(error.path)}: {error.message}" for error in errors]


def test_every_object_in_it_is_closed(validator):
    def objects(value):
        if isinstance(value, dict):
            if value.get("type") == "object":
                yield value
            for each in value.values():
                yield from objects(each)
        elif isinstance(value, list):
            for each in value:
                yield from objects(each)

    found = list(objects(validator.schema))
    assert len(found) > 50
    assert all("additionalProperties" in each for each in found)


@pytest.mark.parametrize(
    "text",
    [
        "ydelser: {}",
        "benefits: {x: {label: {da: X}, source: s, status: stated}}",
        "benefits: {x: {label: {da: X, en: X}, source: s, status: stated, lov: LAS}}",
        "benefits: {x: {label: {da: X, en: X}, source: s, status: known}}",
        "benefits: {x: {label: {da: X, en: X}, source: s, status: stated, valid_from: 1/7 2025}}",
        "benefits: {hjælp: {label: {da: X, en: X}, source: s, status: stated}}",
        "regimes: {x: {label: {da: X, en: X}, source: s, status: stated, draft: ja, grounds: []}}",
        "groups: {x: {label: {da: X, en: X}, source: s, status: stated, family: model, counts: persons}}",
    ],
)
def test_it_refuses_what_the_loader_refuses_by_shape(validator, text):
    assert not validator.is_valid(as_json(text))


@pytest.mark.parametrize(
    ("criteria", "sound"),
    [
        ("{all: [{age: {from: 18}}, {benefit: [a]}]}", True),
        ("{social_case: {any_of: [primaer], unit: [sof], lasted: P6M}}", True),
        ("{employment_case: {}}", True),
        ("{any_child: {not: {group: G}}}", True),
        ("{at_least: {n: 1, of: [{age: {below: 30}}]}}", True),
        ("{all: []}", False),
        ("{age: {}}", False),
        ("{age: {from: 18}, benefit: [a]}", False),
        ("{ydelse: [a]}", False),
        ("{benefit: {any_of: [a], units: [b]}}", False),
        ("{benefit: {lasted: 6 mdr.}}", False),
    ],
)
def test_it_knows_the_criteria_language(validator, criteria, sound):
    text = (
        "groups: {x: {label: {da: X, en: X}, source: s, status: stated, family: model, counts: persons, versions: "
        f"[{{valid_from: 2022-01-01, source: s, criteria: {criteria}}}]}}}}"
    )
    assert validator.is_valid(as_json(text)) is sound
