"""Each call of note() leaves a line that is asked for here; without the call the line is missing, and a test says so."""

import re
from shutil import rmtree

import pytest
from django.db import transaction
from django.db.models import Max

from completeness import (
    scenes_consent,
    scenes_doors,
    scenes_handover_adoption,
    scenes_handover_chain,
    scenes_handover_complaints,
    scenes_handover_entrances,
    scenes_handover_ledger,
    scenes_handover_letters,
    scenes_handover_returns,
    scenes_handover_sanctions,
    scenes_handover_work,
    scenes_register,
    scenes_safeguards,
    scenes_sharing,
)
from completeness.log_calls import Tap, sites
from completeness.scenes import SCENES, Stage
from completeness.wording import without_words
from helhed.audit.models import Event
from house.building import PACKAGE, sources

PLAYED = (
    scenes_handover_adoption,
    scenes_handover_chain,
    scenes_handover_complaints,
    scenes_handover_entrances,
    scenes_handover_ledger,
    scenes_handover_letters,
    scenes_handover_returns,
    scenes_handover_sanctions,
    scenes_handover_work,
    scenes_register,
    scenes_sharing,
    scenes_consent,
    scenes_doors,
    scenes_safeguards,
)
OWN_ROOM = {"audit"}
ON_MADE_UP_LINES = {"commands/hatch_bench/sealing.py"}
"""What measures how fast a hundred thousand made-up lines are sealed."""


def test_every_call_has_its_scene():
    """Who adds a call of note() says in a scene what it is for."""
    assert set(SCENES) == set(sites())


@pytest.mark.parametrize("key", sorted(SCENES))
def test_the_line_is_there_and_missing_without_its_call(pages, world, tmp_path, settings, monkeypatch, key):
    settings.DELIVERY_FOLDER = tmp_path / "kept"
    stage = Stage(world, pages, tmp_path / "brought")
    tap = Tap()
    tap.put_in(monkeypatch)
    lines = play(key, stage)
    assert lines, "the scene leaves its line"
    assert lines & tap.by(key), "and it is this very call that wrote it"
    tap.dropped = key
    assert not play(key, stage), "without the call nothing else says the same"


def play(key: str, stage: Stage) -> set[int]:
    """Play a scene and undo it; answers the new lines that say what the scene asks for."""
    scene = SCENES[key]
    stage.folder.mkdir()
    with transaction.atomic():
        last = Event.objects.aggregate(last=Max("pk"))["last"] or 0
        scene.act(stage)
        new = list(Event.objects.filter(pk__gt=last))
        found = {event.pk for event in new if says(event, scene.line, stage)}
        assert not [words for event in new for words in without_words(event)], "every line can be read"
        transaction.set_rollback(True)
    rmtree(stage.folder)
    return found


def says(event: Event, line: dict[str, str], stage: Stage) -> bool:
    """Whether an event says what a scene asks for; of its object a part is enough, the rest is said whole."""
    asked = {name: value for name, value in line.items() if name not in ("person", "object")}
    person = getattr(stage.world, line["person"]) if "person" in line else None
    return (
        all(getattr(event, name) == value for name, value in asked.items())
        and line.get("object", "") in event.object
        and event.person_key == person
    )


def test_nobody_writes_in_the_log_past_its_verb():
    past = re.compile(
        r"Event\.objects\.(?:create|bulk_create|get_or_create)|INTO audit_event|Event\([^)]*\)\.save"
    )
    found = [
        str(file.relative_to(PACKAGE))
        for file in sources()
        if file.is_relative_to(PACKAGE)
        and file.relative_to(PACKAGE).parts[0] not in OWN_ROOM
        and str(file.relative_to(PACKAGE)) not in ON_MADE_UP_LINES
        and past.search(file.read_text())
    ]
    assert not found
