"""What the database holds of adopted models: proposed by one administration and approved by the other, never changed but to be
ended, a trial of at most two years (document 002, 3.1), and one adoption in use of a model on any day."""

from django.db import migrations

RULES = """
CREATE FUNCTION adoption_insert() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.state <> 'proposed' OR NEW.decided_by <> '' OR NEW.ended_by <> '' OR NEW.begun_at IS NOT NULL THEN
        RAISE EXCEPTION 'an adoption begins as a proposal' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.proposed_by = '' OR NEW.receiving = '' OR NEW.model = '' OR (NEW.ground = '' AND NEW.mode <> 'draft') THEN
        RAISE EXCEPTION 'a proposal names its model, its unit, its ground and who proposes' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.mode = 'trial' AND NEW.valid_to > NEW.valid_from + interval '2 years' THEN
        RAISE EXCEPTION 'a trial lasts at most two years' USING ERRCODE = 'check_violation';
    END IF;
    NEW.proposed_at := clock_timestamp();
    RETURN NEW;
END $$;

CREATE FUNCTION adoption_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    free text[];
BEGIN
    IF OLD.state = 'proposed' AND NEW.state IN ('approved', 'rejected') THEN
        free := ARRAY['state', 'decided_by', 'decided_unit', 'decided_at', 'decided_reason'];
        NEW.decided_at := clock_timestamp();
    ELSIF OLD.state = 'proposed' AND NEW.state = 'proposed' THEN
        free := ARRAY['receiving'];
    ELSIF OLD.state = 'approved' AND NEW.state IN ('approved', 'ended') THEN
        free := ARRAY['state', 'receiving', 'begun_at', 'valid_to', 'ended_by', 'ended_at', 'end_reason'];
    ELSE
        RAISE EXCEPTION 'an adoption does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
    END IF;
    IF to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free THEN
        RAISE EXCEPTION 'what was adopted does not change' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.valid_to IS DISTINCT FROM OLD.valid_to OR NEW.state = 'ended' THEN
        IF coalesce(NEW.valid_to, 'infinity') > coalesce(OLD.valid_to, 'infinity') OR NEW.ended_by = '' THEN
            RAISE EXCEPTION 'an adoption is only ended earlier, by somebody' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF OLD.begun_at IS NOT NULL AND NEW.begun_at IS DISTINCT FROM OLD.begun_at THEN
        RAISE EXCEPTION 'an adoption begins once' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.state = 'proposed' AND NEW.state = 'approved' THEN
        IF split_part(NEW.decided_unit, '/', 1) = split_part(NEW.proposed_unit, '/', 1) THEN
            RAISE EXCEPTION 'an adoption takes both administrations' USING ERRCODE = 'check_violation';
        END IF;
        PERFORM pg_advisory_xact_lock(hashtext('adoption ' || NEW.model));
        IF NEW.mode <> 'draft' AND EXISTS (
            SELECT FROM adoption_adoptedmodel a
            WHERE a.model = NEW.model AND a.id <> NEW.id AND a.state = 'approved' AND a.mode <> 'draft'
              AND daterange(a.valid_from, a.valid_to) && daterange(NEW.valid_from, NEW.valid_to)
        ) THEN
            RAISE EXCEPTION 'the model is in use on some of those days' USING ERRCODE = 'exclusion_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER adoption_insert BEFORE INSERT ON adoption_adoptedmodel
    FOR EACH ROW EXECUTE FUNCTION adoption_insert();
CREATE TRIGGER adoption_rules BEFORE UPDATE ON adoption_adoptedmodel
    FOR EACH ROW EXECUTE FUNCTION adoption_rules();
"""
UNDONE = """
DROP FUNCTION adoption_insert() CASCADE;
DROP FUNCTION adoption_rules() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("adoption", "0002_settled")]

    operations = [migrations.RunSQL(RULES, UNDONE)]
