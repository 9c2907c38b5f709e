"""An emergency access opened twice at once is one: the database lets one through, and the other press gets that one."""

from threading import Barrier, Thread
from uuid import uuid4

from django.db import connection

from helhed.audit.models import Event
from helhed.sharing.safeguards.actions import open_emergency
from helhed.sharing.safeguards.models import Emergency
from pages.world import World, user

REASON = "Fundet bevidstløs; lægen skal kende behandlingen."
PRESSES, ROUNDS = 4, 10


def test_pressed_several_times_at_once_it_is_opened_once(world: World):
    for _ in range(ROUNDS):
        person, ready, answers = uuid4(), Barrier(PRESSES), []

        def press(person=person, ready=ready, answers=answers):
            kim = user("kim")
            ready.wait()
            answers.append(open_emergency(by=kim, person=person, reason=REASON).pk)
            connection.close()

        threads = [Thread(target=press) for _ in range(PRESSES)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(answers) == PRESSES and len(set(answers)) == 1
        assert Emergency.objects.filter(person_key=person).count() == 1
        assert Event.objects.filter(person_key=person, action="emergency-open").count() == 1
