"""Appointments: what the database holds about them, what the program may do with them, and those of today's staff."""

from django.db import migrations

RULES = """
CREATE FUNCTION accounts_appointment_rules() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- One at a time per person: whoever comes second waits here and then sees what the first one wrote.
    PERFORM 1 FROM accounts_user WHERE id = NEW.user_id FOR UPDATE;
    IF TG_OP = 'UPDATE' THEN
        IF (to_jsonb(NEW) - '{valid_to,ended_by,end_reason}'::text[])
           IS DISTINCT FROM (to_jsonb(OLD) - '{valid_to,ended_by,end_reason}'::text[]) THEN
            RAISE EXCEPTION 'an appointment is not changed' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF coalesce(NEW.valid_to, 'infinity') > coalesce(OLD.valid_to, 'infinity') THEN
            RAISE EXCEPTION 'an appointment is not made longer' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    IF EXISTS (
        SELECT FROM accounts_appointment a
        WHERE a.user_id = NEW.user_id AND a.id IS DISTINCT FROM NEW.id
          AND daterange(a.valid_from, a.valid_to) && daterange(NEW.valid_from, NEW.valid_to)
    ) THEN
        RAISE EXCEPTION 'appointments overlap' USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accounts_appointment_rules BEFORE INSERT OR UPDATE ON accounts_appointment
    FOR EACH ROW EXECUTE FUNCTION accounts_appointment_rules();
GRANT SELECT, INSERT, UPDATE (valid_to, ended_by, end_reason) ON accounts_appointment TO helhed_web;
"""
UNDO = """
DROP TRIGGER accounts_appointment_rules ON accounts_appointment;
DROP FUNCTION accounts_appointment_rules();
"""
TODAYS_STAFF = """
INSERT INTO accounts_appointment
    (user_id, role, administration, unit, clearance, vip, protected_address, valid_from, made_by, reason,
     ended_by, end_reason)
SELECT id, role, administration, unit, clearance, vip, protected_address, appointed_from, 'system', '', '', ''
FROM accounts_user WHERE is_active AND role NOT IN ('citizen', 'representative')
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_appointments")]

    operations = [migrations.RunSQL(RULES, UNDO), migrations.RunSQL(TODAYS_STAFF, migrations.RunSQL.noop)]
