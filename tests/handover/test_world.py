"""The world stands as its words say: everything else here leans on it."""

from django.db import connection
from django.utils import timezone

from handover.world import World, adopt, benefit_stops, consent

IN = """
SELECT DISTINCT v.key FROM membership_spell s JOIN membership_groupversion v ON v.id = s.version_id
    JOIN register_person p ON p.id = s.person_id
 WHERE p.key = %s AND s.known_to IS NULL AND s.start <= %s AND (s."end" IS NULL OR s."end" > %s)
"""


def groups(person):
    today = timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute(IN, [person, today, today])
        return {key for (key,) in cursor.fetchall()}


def test_everybody_stands_where_the_world_says(world: World):
    assert all("5A" in groups(person) for person in (world.eva, world.finn, world.jon))
    assert all("5A" not in groups(person) for person in (world.anna, world.gry, world.hans))
    assert "8B" in groups(world.gry) and "8B" not in groups(world.eva)
    assert all("4A" in groups(person) for person in (world.hans, world.ida))


def test_a_stopped_benefit_leaves_the_group(world: World):
    benefit_stops(world)
    assert "5A" not in groups(world.jon) and "5A" in groups(world.eva)


def test_models_and_consents_can_be_had(world: World):
    assert adopt("5A").state == "approved"
    assert consent(world.eva)
