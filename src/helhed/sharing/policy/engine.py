"""Cedar, read once. Allowed only where the answer is Allow and nothing went wrong on the way: Cedar itself skips a
prohibition that fails, and would let the permit stand."""

import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import cedarpy

from helhed.sharing.policy.carried import rules_of_parts

FOLDER = Path(__file__).parent / "cedar"
SCHEMA = "helhed.cedarschema"
RULES = ("grounds.cedar", "limits.cedar")
log = logging.getLogger(__name__)

Asked = tuple[Sequence[dict[str, Any]], Sequence[dict[str, Any]]]
"""Entities, and requests about them."""


class RulesError(ValueError):
    """The rules cannot be read, or say something the schema does not know."""


@dataclass(frozen=True)
class Answer:
    """Whether one request is allowed, and the names (@id) of the permits it is allowed by, in the order of the files."""

    allowed: bool
    by: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Rules:
    """The rules ready for use. `grounds`: the ground of each rule by its @id; `hash` is of rules and schema together."""

    text: str
    schema_text: str
    hash: str
    policies: cedarpy.PolicySet
    schema: cedarpy.Schema
    grounds: dict[str, str]

    def ask(
        self, entities: Sequence[dict[str, Any]], requests: Sequence[dict[str, Any]]
    ) -> tuple[Answer, ...]:
        """The answers to some requests about the same entities, in their order.

        What the schema does not know, in an entity or a request, and any error while a rule is tried, denies.
        """
        try:
            return self._tried(entities, requests)
        except ValueError as error:
            log.critical("a decision could not be made and is denied: %s", error)
            return tuple(Answer(False) for _ in requests)

    def ask_each(self, asked: Sequence[Asked]) -> list[tuple[Answer, ...]]:
        """The answers to several such questions, read together: the same as each would get alone. Where together they cannot
        be read, each is asked alone, so that only the one at fault is denied."""
        together, agree = _together([entities for entities, _requests in asked])
        if len(asked) > 1 and agree:
            try:
                answers = iter(
                    self._tried(together, [each for _entities, listed in asked for each in listed])
                )
                return [tuple(islice(answers, len(requests))) for _entities, requests in asked]
            except ValueError:
                pass
        return [self.ask(entities, requests) for entities, requests in asked]

    def _tried(
        self, entities: Sequence[dict[str, Any]], requests: Sequence[dict[str, Any]]
    ) -> tuple[Answer, ...]:
        known = cedarpy.Entities.from_json_str(json.dumps(entities), self.schema)
        results = cedarpy.is_authorized_batch(list(requests), self.policies, known, self.schema)
        return tuple(map(_answer, results))


def _together(asked: Iterable[Sequence[dict[str, Any]]]) -> tuple[list[dict[str, Any]], bool]:
    """The entities of several questions, each once; and whether the questions agree on those they share."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for entity in (each for entities in asked for each in entities):
        uid = entity["uid"]
        if found.setdefault((uid["type"], uid["id"]), entity) != entity:
            return [], False
    return list(found.values()), True


def _answer(result: cedarpy.AuthzResult) -> Answer:
    if result.diagnostics.errors:
        log.critical("a rule failed and its request is denied: %s", "; ".join(result.diagnostics.errors))
        return Answer(False)
    if result.decision is not cedarpy.Decision.Allow:
        return Answer(False)
    names = result.diagnostics.id_annotations_by_reason
    return Answer(True, tuple(names[reason] for reason in sorted(result.diagnostics.reasons, key=_number)))


def _number(policy: str) -> int:
    """The place of a rule in the file, of the name Cedar gives it."""
    return int(policy.removeprefix("policy"))


def make_rules(text: str, schema_text: str) -> Rules:
    """Read rules and schema. RulesError with Cedar's own words where they do not fit each other."""
    try:
        schema = cedarpy.Schema.from_str(schema_text)
        policies = cedarpy.PolicySet.from_str(text)
    except ValueError as error:
        raise RulesError(str(error)) from None
    checked = cedarpy.validate_policies(text, schema)
    if not checked.validation_passed:
        raise RulesError("; ".join(str(error) for error in checked.errors))
    digest = sha256(f"{schema_text}\0{text}".encode()).hexdigest()
    return Rules(text, schema_text, digest, policies, schema, _grounds(text))


def _grounds(text: str) -> dict[str, str]:
    """The @ground of each rule by its @id; a rule without either is refused."""
    read = json.loads(cedarpy.policies_to_json_str(text))["staticPolicies"]
    notes = [policy.get("annotations", {}) for policy in read.values()]
    if not all(note.get("id") and note.get("ground") for note in notes):
        raise RulesError("Every rule needs an @id and a @ground.")
    if len({note["id"] for note in notes}) < len(notes):
        raise RulesError("Two rules have the same @id.")
    return {note["id"]: note["ground"] for note in notes}


@cache
def rules() -> Rules:
    """The rules that ship with helhed."""
    text = "\n".join([*((FOLDER / name).read_text() for name in RULES), rules_of_parts()])
    return make_rules(text, (FOLDER / SCHEMA).read_text())
