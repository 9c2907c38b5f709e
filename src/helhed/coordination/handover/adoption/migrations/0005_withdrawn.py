"""Whoever proposed a model can take the proposal back while nobody has decided; the proposer alone, and for good."""

from django.db import migrations, models
from django.db.models import F, Q

BEFORE = """
CREATE OR REPLACE FUNCTION adoption_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
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
"""
AFTER = """
CREATE OR REPLACE FUNCTION adoption_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    free text[];
BEGIN
    IF OLD.state = 'proposed' AND NEW.state IN ('approved', 'rejected', 'withdrawn') THEN
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
"""
KNOWN = ("proposed", "approved", "rejected", "ended", "withdrawn")


class Migration(migrations.Migration):
    dependencies = [("adoption", "0004_privileges")]

    operations = [
        migrations.RemoveConstraint("adoptedmodel", "adopted_state_known"),
        migrations.RemoveConstraint("adoptedmodel", "adopted_by_two"),
        migrations.AlterField(
            "adoptedmodel",
            "state",
            models.CharField(max_length=10, choices=[(s, s) for s in KNOWN], default="proposed"),
        ),
        migrations.AddConstraint(
            "adoptedmodel",
            models.CheckConstraint(name="adopted_state_known", condition=Q(state__in=KNOWN)),
        ),
        migrations.AddConstraint(
            "adoptedmodel",
            models.CheckConstraint(
                name="adopted_by_two",
                condition=Q(state="proposed", decided_by="")
                | Q(state="withdrawn", decided_by=F("proposed_by"))
                | (
                    ~Q(state__in=["proposed", "withdrawn"])
                    & ~Q(decided_by="")
                    & ~Q(decided_by=F("proposed_by"))
                ),
            ),
        ),
        migrations.RunSQL(AFTER, BEFORE),
    ]
