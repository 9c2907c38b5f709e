"""A consent that falls puts down, in its own transaction, that the hand-over which rested on it is to be undone.

Whether it rested on it is asked of what still stands: no consent to the joint plan, given and in force, reaches the unit
that took over. So a renewed one or another beside it keeps the hand-over, and the last of several to fall does not. Two that
fall at the same time wait for each other.
"""

from django.db import migrations

CAUSES = """
CREATE FUNCTION handover_consent_fell() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    moment timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('handover cause ' || NEW.person_key::text, 0));
    moment := clock_timestamp();
    INSERT INTO handover_cause (chain_id, cause, seen_at, opens_on, state)
    SELECT c.id, 'consent', moment, (moment AT TIME ZONE 'Europe/Copenhagen')::date, 'waiting'
      FROM handover_chain c
     WHERE c.person_key = NEW.person_key AND c.direction = 'over' AND c.state = 'effective'
       AND NOT EXISTS (SELECT FROM handover_chain r WHERE r.returns_id = c.id AND r.state = 'effective')
       AND NOT EXISTS (SELECT FROM consent_consent s
             WHERE s.person_key = c.person_key AND s.kind = 'helhedsorienteret-plan' AND s.state = 'given'
               AND s.valid_from <= moment AND (s.valid_to IS NULL OR s.valid_to > moment)
               AND access_below(c.to_unit, s.recipients::text[]))
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE TRIGGER handover_consent_fell AFTER UPDATE OF state ON consent_consent FOR EACH ROW
    WHEN (OLD.state = 'given' AND NEW.state <> 'given' AND NEW.kind = 'helhedsorienteret-plan')
    EXECUTE FUNCTION handover_consent_fell();
"""
UNDONE = "DROP FUNCTION handover_consent_fell() CASCADE"


class Migration(migrations.Migration):
    dependencies = [
        ("handover", "0003_privileges"),
        ("consent", "0003_privileges"),
        ("access", "0002_rules"),
    ]

    operations = [migrations.RunSQL(CAUSES, UNDONE)]
