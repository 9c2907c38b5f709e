"""The four weeks of a complaint count from the day the letter of the decision reached the citizen, not from the decision."""

from django.db import migrations, models

BEGINS = """
-- The letter that told the citizen of the newest decision: the sanction, or what was decided again after the Board sent it back.
CREATE FUNCTION sanctions_decision_letter(of_sanction uuid) RETURNS uuid LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT l.id FROM (
        SELECT t.id AS step, t.at FROM sanctions_sanctionstep t WHERE t.sanction_id = of_sanction AND t.kind = 'effected'
        UNION ALL
        SELECT coalesce(r.id, t.id), t.at FROM sanctions_complaint c
        JOIN sanctions_complaintstep t ON t.complaint_id = c.id AND t.number = c.steps
        LEFT JOIN sanctions_sanctionstep r ON r.ref = t.id
        WHERE c.sanction_id = of_sanction AND c.state = 'rekept'
    ) decided LEFT JOIN letters_letter l ON l.step = decided.step
        AND l.kind IN ('sanction-effected', 'complaint-ended', 'sanction-reversed')
    ORDER BY decided.at DESC LIMIT 1
$$;

-- The first day a letter can have reached its citizen: on the page the day it was there, by post no sooner than eight days after it
-- was sent (six working days have a weekend among them), unless it was opened before. Null while it waits to be sent.
CREATE FUNCTION sanctions_reached_first(letter uuid) RETURNS date LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT least(
        (l.read_at AT TIME ZONE 'Europe/Copenhagen')::date,
        CASE WHEN l.printed_at IS NOT NULL THEN (l.printed_at AT TIME ZONE 'Europe/Copenhagen')::date + 8
            WHEN l.channel = 'portal' THEN (l.written_at AT TIME ZONE 'Europe/Copenhagen')::date END)
    FROM letters_letter l WHERE l.id = letter
$$;

CREATE OR REPLACE FUNCTION sanctions_complaint_begins() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    s sanctions_sanction;
    again date;
    reached date;
BEGIN
    SELECT * INTO s FROM sanctions_sanction WHERE id = NEW.sanction_id FOR UPDATE;
    IF s.effected_at IS NULL OR coalesce(s.reversed_whole, false) THEN
        RAISE EXCEPTION 'there is nothing to complain about' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state <> 'received' OR NEW.steps <> 0 OR NEW.ended_at IS NOT NULL OR NEW.sent_on IS NOT NULL THEN
        RAISE EXCEPTION 'a complaint begins as received' USING ERRCODE = 'check_violation';
    END IF;
    SELECT max((c.ended_at AT TIME ZONE 'Europe/Copenhagen')::date) INTO again FROM sanctions_complaint c
    WHERE c.sanction_id = s.id AND c.state = 'rekept';
    NEW.created_at := clock_timestamp();
    NEW.decided_on := greatest((s.effected_at AT TIME ZONE 'Europe/Copenhagen')::date, again);
    IF NEW.received_on < NEW.decided_on OR NEW.received_on > (NEW.created_at AT TIME ZONE 'Europe/Copenhagen')::date THEN
        RAISE EXCEPTION 'a complaint comes after the decision and not after today' USING ERRCODE = 'check_violation';
    END IF;
    reached := sanctions_reached_first(sanctions_decision_letter(s.id));
    IF (NEW.told_on IS NULL) <> (reached IS NULL) OR NEW.told_on < reached THEN
        RAISE EXCEPTION 'the four weeks run from the day the letter reached the citizen' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.last_day < NEW.told_on + 28 OR NEW.last_day > NEW.told_on + 35 THEN
        RAISE EXCEPTION 'there are four weeks to complain, and on to the next working day' USING ERRCODE = 'check_violation';
    END IF;
    NEW.in_time := coalesce(NEW.received_on <= NEW.last_day, true);
    RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION sanctions_decision_letter(uuid), sanctions_reached_first(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sanctions_decision_letter(uuid) TO helhed_web;
"""


class Migration(migrations.Migration):
    dependencies = [("sanctions", "0006_undoing"), ("letters", "0001_initial")]

    operations = [
        migrations.AddField("complaint", "told_on", models.DateField(null=True)),
        migrations.AddField("complaint", "last_day", models.DateField(null=True)),
        migrations.AddConstraint(
            "complaint",
            models.CheckConstraint(
                name="complaint_told_whole",
                condition=models.Q(told_on__isnull=True, last_day__isnull=True)
                | models.Q(told_on__isnull=False, last_day__isnull=False),
            ),
        ),
        migrations.RunSQL(BEGINS, migrations.RunSQL.noop),
    ]
