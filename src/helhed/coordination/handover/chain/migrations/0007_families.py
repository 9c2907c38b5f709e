"""Where SOF has said that the whole family's case moves, no parent's case moves alone: when a transaction ends in which one took
effect, no other parent's hand-over is still under way."""

from django.db import migrations

TOGETHER = """
CREATE FUNCTION handover_family_moves() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    whole boolean;
BEGIN
    SELECT (s.pinned -> 'answers' ->> 'family')::boolean INTO whole FROM handover_step s
    WHERE s.chain_id = NEW.id AND s.kind = 'assessed-sof' ORDER BY s.number DESC LIMIT 1;
    IF whole AND EXISTS (SELECT FROM handover_chain c WHERE c.family = NEW.family AND c.person_key <> NEW.person_key
        AND c.direction = 'over' AND c.ended_at IS NULL) THEN
        PERFORM handover_refuse('the whole family moves together');
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER handover_family_moves AFTER UPDATE ON handover_chain
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.state = 'effective' AND NEW.direction = 'over' AND NEW.family IS NOT NULL)
    EXECUTE FUNCTION handover_family_moves();
"""
UNDONE = "DROP FUNCTION handover_family_moves() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("handover", "0006_the_way_back")]

    operations = [migrations.RunSQL(TOGETHER, UNDONE)]
