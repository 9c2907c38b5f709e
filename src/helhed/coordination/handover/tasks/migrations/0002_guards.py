"""What the database holds of tasks: each is written and ended for the unit that holds the part, ended once, else unaltered."""

from django.db import migrations

RULES = """
CREATE FUNCTION tasks_holder(person uuid, of_part text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    holder text;
BEGIN
    SELECT h.unit INTO holder FROM ledger_holding h
    WHERE h.person_key = person AND h.part = of_part AND h.until IS NULL FOR SHARE;
    RETURN coalesce(holder, '');
END $$;

CREATE FUNCTION tasks_task_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    free text[] := ARRAY['state', 'ended_by', 'ended_unit', 'ended_at', 'ended_why'];
    unit text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.created_at := clock_timestamp();
        IF NEW.state <> 'open' THEN
            RAISE EXCEPTION 'a task begins as open' USING ERRCODE = 'check_violation';
        END IF;
        unit := NEW.created_unit;
    ELSE
        IF OLD.state <> 'open' OR to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free THEN
            RAISE EXCEPTION 'a task is ended once, and else stays as it was' USING ERRCODE = 'check_violation';
        END IF;
        NEW.ended_at := clock_timestamp();
        unit := NEW.ended_unit;
    END IF;
    IF unit = '' OR unit <> tasks_holder(NEW.person_key, NEW.part) THEN
        RAISE EXCEPTION 'a task is written and ended for the unit that holds %', NEW.part USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER tasks_task_rules BEFORE INSERT OR UPDATE ON tasks_task
    FOR EACH ROW EXECUTE FUNCTION tasks_task_rules();
"""
UNDONE = """
DROP FUNCTION tasks_task_rules() CASCADE;
DROP FUNCTION tasks_holder(uuid, text);
"""


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_initial"), ("ledger", "0001_initial")]

    operations = [migrations.RunSQL(RULES, UNDONE)]
