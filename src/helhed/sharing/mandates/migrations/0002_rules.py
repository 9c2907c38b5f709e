"""What the database holds of a mandate: the states it may go through, what never changes, and the moment of each step."""

from django.db import migrations

RULES = """
CREATE FUNCTION mandates_mandate_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    moment timestamptz := clock_timestamp();
    free text[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'offered' OR NEW.holder <> '' OR NEW.confirmed_by <> '' THEN
            RAISE EXCEPTION 'a mandate begins as offered' USING ERRCODE = 'check_violation';
        END IF;
        NEW.offered_at := moment;
        NEW.confirmed_at := NULL;
        NEW.accepted_at := NULL;
        NEW.ended_at := NULL;
        RETURN NEW;
    END IF;
    IF (OLD.state, NEW.state) NOT IN (
        ('offered', 'offered'), ('offered', 'active'), ('offered', 'revoked'), ('offered', 'expired'),
        ('offered', 'refused'), ('active', 'revoked'), ('active', 'expired')
    ) THEN
        RAISE EXCEPTION 'a mandate does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
    END IF;
    free := CASE NEW.state
        WHEN 'offered' THEN ARRAY['confirmed_by', 'confirmed_at']
        WHEN 'active' THEN ARRAY['state', 'holder', 'accepted_at']
        WHEN 'refused' THEN ARRAY['state', 'confirmed_by', 'confirmed_at', 'ended_at', 'ended_by']
        ELSE ARRAY['state', 'ended_at', 'ended_by']
    END;
    IF to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free THEN
        RAISE EXCEPTION 'what a mandate says does not change' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'offered' AND (OLD.confirmed_by <> '' OR NEW.confirmed_by = '') THEN
        RAISE EXCEPTION 'a mandate is confirmed once' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'active' AND NEW.valid_to <= moment THEN
        RAISE EXCEPTION 'a mandate is not taken after its last day' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'expired' AND NEW.valid_to > moment THEN
        RAISE EXCEPTION 'a mandate does not expire before its last day' USING ERRCODE = 'check_violation';
    END IF;
    NEW.confirmed_at := CASE WHEN NEW.confirmed_by <> OLD.confirmed_by THEN moment ELSE OLD.confirmed_at END;
    NEW.accepted_at := CASE WHEN NEW.state = 'active' THEN moment ELSE OLD.accepted_at END;
    NEW.ended_at := CASE WHEN NEW.state IN ('revoked', 'expired', 'refused') THEN moment END;
    RETURN NEW;
END $$;
CREATE TRIGGER mandates_mandate_rules BEFORE INSERT OR UPDATE ON mandates_mandate
    FOR EACH ROW EXECUTE FUNCTION mandates_mandate_rules();
"""
UNDONE = "DROP FUNCTION mandates_mandate_rules() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("mandates", "0001_initial")]

    operations = [migrations.RunSQL(RULES, UNDONE)]
