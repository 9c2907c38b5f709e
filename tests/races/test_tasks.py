"""One form sent twice at the same instant, on two connections of a real server, writes one task and one line in the log."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from helhed.audit.models import Event
from helhed.coordination.handover.tasks import actions
from helhed.coordination.handover.tasks.actions import Wish
from helhed.coordination.handover.tasks.models import Task
from pages.world import World, user
from races.test_moving import at_once

PART = "sagsbehandleransvar"


def test_one_form_sent_at_the_same_instant_writes_one_task(world: World):
    bente, today = user("bente"), timezone.localdate()
    for number in range(15):
        wish = Wish(PART, f"Ring om aftale {number}", "", today, form=uuid4())
        told = at_once(*[lambda wish=wish: actions.write(by=bente, person=world.bo, wish=wish)] * 3)
        [task] = Task.objects.filter(person_key=world.bo, title=wish.title)
        assert set(told) == {task.pk}
        assert Event.objects.filter(action="task-written", object=f"task {task.pk}").count() == 1


def test_a_form_that_was_written_on_after_it_was_sent_writes_another(world: World):
    """Who goes back to a form that is kept, and changes it, has not sent the same."""
    form, today = uuid4(), timezone.localdate()
    first = actions.write(
        by=user("bente"), person=world.bo, wish=Wish(PART, "Skriv til lægen", "", today, form)
    )
    other = actions.write(
        by=user("bente"), person=world.bo, wish=Wish(PART, "Skriv til lægen i dag", "", today, form)
    )
    assert first != other


def test_the_database_takes_a_form_once(world: World):
    said = {"person_key": world.bo, "part": PART, "title": "Aftal et møde", "due_on": timezone.localdate()}
    said |= {"created_by": "bente", "created_unit": "bif/jobcenter-koebenhavn/gammel-koege-landevej"}
    said |= {"form": uuid4()}
    Task.objects.create(**said)
    with pytest.raises(IntegrityError, match="task_form_once"), transaction.atomic():
        Task.objects.create(**said)
