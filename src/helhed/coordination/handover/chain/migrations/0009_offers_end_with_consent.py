"""A consent that falls ends, in its own transaction, what an offer lets the receiving unit know of the citizen."""

from django.db import migrations

ENDS = """
CREATE FUNCTION handover_offer_ends() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    moment timestamptz := clock_timestamp();
BEGIN
    UPDATE ledger_offer o SET closed_at = moment FROM handover_chain c
     WHERE o.ref = c.id AND o.closed_at IS NULL AND c.person_key = NEW.person_key AND c.direction = 'over'
       AND NOT EXISTS (SELECT FROM consent_consent s
             WHERE s.person_key = c.person_key AND s.kind = 'helhedsorienteret-plan' AND s.state = 'given'
               AND s.valid_from <= moment AND (s.valid_to IS NULL OR s.valid_to > moment)
               AND access_below(c.to_unit, s.recipients::text[]));
    RETURN NULL;
END $$;

CREATE TRIGGER handover_offer_ends AFTER UPDATE OF state ON consent_consent FOR EACH ROW
    WHEN (OLD.state = 'given' AND NEW.state <> 'given' AND NEW.kind = 'helhedsorienteret-plan')
    EXECUTE FUNCTION handover_offer_ends();
"""
UNDONE = "DROP FUNCTION handover_offer_ends() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("handover", "0008_merged"), ("consent", "0003_privileges"), ("access", "0002_rules")]

    operations = [migrations.RunSQL(ENDS, UNDONE)]
