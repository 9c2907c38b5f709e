"""An approved reorganisation can be called off before its day, by two persons as to approve it; from its day on it stands."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Now

STATES = ["proposed", "approved", "rejected", "carried_out", "called_off"]
ASKING = ["asked", "agreed", "kept"]
RULES = """
CREATE OR REPLACE FUNCTION reorganisation_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
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
    ELSIF OLD.state = 'approved' AND NEW.state = 'called_off' THEN
        free := ARRAY['state'];
        IF (clock_timestamp() AT TIME ZONE 'Europe/Copenhagen')::date >= NEW.day THEN
            RAISE EXCEPTION 'a reorganisation stands from its day on' USING ERRCODE = 'check_violation';
        END IF;
        IF NOT EXISTS (
            SELECT FROM reorganisation_calloff c WHERE c.reorganisation_id = NEW.id AND c.state = 'agreed'
        ) THEN
            RAISE EXCEPTION 'a reorganisation is called off by two' USING ERRCODE = 'check_violation';
        END IF;
    ELSE
        RAISE EXCEPTION 'a reorganisation does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
    END IF;
    IF to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free THEN
        RAISE EXCEPTION 'what was proposed does not change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION reorganisation_calloff_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    free text[] := ARRAY['state', 'answered_by', 'answered_unit', 'answered_at', 'answer'];
BEGIN
    IF NOT EXISTS (
        SELECT FROM reorganisation_reorganisation r WHERE r.id = NEW.reorganisation_id AND r.state = 'approved'
        AND (clock_timestamp() AT TIME ZONE 'Europe/Copenhagen')::date < r.day
    ) THEN
        RAISE EXCEPTION 'only what is approved, and whose day has not come, is called off' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'asked' THEN
            RAISE EXCEPTION 'one asks, and another agrees' USING ERRCODE = 'check_violation';
        END IF;
        NEW.asked_at := clock_timestamp();
        RETURN NEW;
    END IF;
    IF OLD.state <> 'asked' OR NEW.state = 'asked' OR to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free THEN
        RAISE EXCEPTION 'a wish to call off is answered once' USING ERRCODE = 'check_violation';
    END IF;
    NEW.answered_at := clock_timestamp();
    RETURN NEW;
END $$;

CREATE FUNCTION reorganisation_calloff_done() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM reorganisation_reorganisation r WHERE r.id = NEW.reorganisation_id AND r.state = 'called_off'
    ) THEN
        RAISE EXCEPTION 'what two have agreed to call off is called off' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER reorganisation_calloff_rules BEFORE INSERT OR UPDATE ON reorganisation_calloff
    FOR EACH ROW EXECUTE FUNCTION reorganisation_calloff_rules();
CREATE CONSTRAINT TRIGGER reorganisation_calloff_done AFTER UPDATE ON reorganisation_calloff
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'agreed')
    EXECUTE FUNCTION reorganisation_calloff_done();
GRANT SELECT, INSERT ON reorganisation_calloff TO helhed_web;
GRANT UPDATE (state, answered_by, answered_unit, answered_at, answer) ON reorganisation_calloff TO helhed_web;
"""
UNDONE = """
DROP FUNCTION reorganisation_calloff_done() CASCADE;
DROP FUNCTION reorganisation_calloff_rules() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("reorganisation", "0004_again")]

    operations = [
        migrations.RemoveConstraint("reorganisation", "reorganisation_state_known"),
        migrations.AlterField(
            "reorganisation",
            "state",
            models.CharField(choices=[(s, s) for s in STATES], default="proposed", max_length=12),
        ),
        migrations.AddConstraint(
            "reorganisation",
            models.CheckConstraint(name="reorganisation_state_known", condition=Q(state__in=STATES)),
        ),
        migrations.CreateModel(
            name="CallOff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(choices=[(s, s) for s in ASKING], default="asked", max_length=6),
                ),
                ("reason", models.CharField(max_length=600)),
                ("asked_by", models.CharField(max_length=80)),
                ("asked_unit", models.CharField(max_length=160)),
                ("asked_at", models.DateTimeField(db_default=Now(), editable=False)),
                ("answered_by", models.CharField(blank=True, default="", max_length=80)),
                ("answered_unit", models.CharField(blank=True, default="", max_length=160)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, default="", max_length=600)),
                (
                    "reorganisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_offs",
                        to="reorganisation.reorganisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(name="calloff_state_known", condition=Q(state__in=ASKING)),
                    models.CheckConstraint(
                        name="calloff_has_a_reason", condition=~Q(reason="") & ~Q(asked_by="")
                    ),
                    models.CheckConstraint(
                        name="calloff_answered_whole",
                        condition=Q(state="asked", answered_by="", answered_at__isnull=True)
                        | (~Q(state="asked") & ~Q(answered_by="") & Q(answered_at__isnull=False)),
                    ),
                    models.CheckConstraint(
                        name="calloff_by_two", condition=~Q(state="agreed") | ~Q(answered_by=F("asked_by"))
                    ),
                    models.UniqueConstraint(
                        name="calloff_one_open", fields=["reorganisation"], condition=Q(state="asked")
                    ),
                ],
            },
        ),
        migrations.RunSQL(RULES, UNDONE),
    ]
