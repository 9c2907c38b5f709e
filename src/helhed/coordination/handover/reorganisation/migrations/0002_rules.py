"""What the database holds of a reorganisation: proposed by one and decided by another, never changed, carried out on its day or
later and only whole – when the transaction ends, nothing that is open may lie with a unit that gave way."""

from django.db import migrations

RULES = """
CREATE FUNCTION reorganisation_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    free text[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'proposed' OR NEW.proposed_by = '' THEN
            RAISE EXCEPTION 'a reorganisation begins as a proposal' USING ERRCODE = 'check_violation';
        END IF;
        NEW.proposed_at := clock_timestamp();
        RETURN NEW;
    END IF;
    IF OLD.state = 'proposed' AND NEW.state IN ('approved', 'rejected') THEN
        free := ARRAY['state', 'decided_by', 'decided_unit', 'decided_at', 'decided_reason'];
        NEW.decided_at := clock_timestamp();
    ELSIF OLD.state = 'approved' AND NEW.state = 'carried_out' THEN
        free := ARRAY['state', 'carried_at', 'moved'];
        NEW.carried_at := clock_timestamp();
        IF (NEW.carried_at AT TIME ZONE 'Europe/Copenhagen')::date < NEW.day THEN
            RAISE EXCEPTION 'a reorganisation is not carried out before its day' USING ERRCODE = 'check_violation';
        END IF;
    ELSE
        RAISE EXCEPTION 'a reorganisation does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
    END IF;
    IF to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free THEN
        RAISE EXCEPTION 'what was proposed does not change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION reorganisation_change_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP <> 'INSERT' OR NOT EXISTS (
        SELECT FROM reorganisation_reorganisation r WHERE r.id = NEW.reorganisation_id AND r.state = 'proposed'
    ) THEN
        RAISE EXCEPTION 'what was proposed does not change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION reorganisation_whole() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    old_units text[];
BEGIN
    SELECT array_agg(c.old) INTO old_units FROM reorganisation_unitchange c WHERE c.reorganisation_id = NEW.id;
    IF EXISTS (SELECT FROM ledger_holding h WHERE h.until IS NULL AND h.unit = ANY (old_units))
       OR EXISTS (SELECT FROM ledger_offer o WHERE o.closed_at IS NULL AND o.unit = ANY (old_units))
       OR EXISTS (
           SELECT FROM handover_chain c WHERE c.ended_at IS NULL
           AND (c.from_unit = ANY (old_units) OR c.to_unit = ANY (old_units))
       ) THEN
        RAISE EXCEPTION 'a reorganisation leaves nothing behind' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER reorganisation_rules BEFORE INSERT OR UPDATE ON reorganisation_reorganisation
    FOR EACH ROW EXECUTE FUNCTION reorganisation_rules();
CREATE TRIGGER reorganisation_change_rules BEFORE INSERT OR UPDATE ON reorganisation_unitchange
    FOR EACH ROW EXECUTE FUNCTION reorganisation_change_rules();
CREATE CONSTRAINT TRIGGER reorganisation_whole AFTER UPDATE ON reorganisation_reorganisation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'carried_out')
    EXECUTE FUNCTION reorganisation_whole();
"""
UNDONE = """
DROP FUNCTION reorganisation_whole() CASCADE;
DROP FUNCTION reorganisation_change_rules() CASCADE;
DROP FUNCTION reorganisation_rules() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reorganisation", "0001_initial"),
        ("ledger", "0002_rules"),
        ("handover", "0001_initial"),
    ]

    operations = [migrations.RunSQL(RULES, UNDONE)]
