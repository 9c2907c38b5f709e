"""A mandate ends when the one who gave it, or the one who holds it, has died; and stands again where that was a mistake."""

from django.db import migrations, models

STATES = ["offered", "active", "revoked", "expired", "refused", "deceased"]
RULES = """
CREATE OR REPLACE FUNCTION mandates_mandate_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
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
        ('offered', 'refused'), ('active', 'revoked'), ('active', 'expired'), ('offered', 'deceased'),
        ('active', 'deceased'), ('deceased', 'offered'), ('deceased', 'active')
    ) THEN
        RAISE EXCEPTION 'a mandate does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
    END IF;
    free := CASE
        WHEN OLD.state = 'deceased' THEN ARRAY['state', 'ended_at', 'ended_by']
        WHEN NEW.state = 'offered' THEN ARRAY['confirmed_by', 'confirmed_at']
        WHEN NEW.state = 'active' THEN ARRAY['state', 'holder', 'accepted_at']
        WHEN NEW.state = 'refused' THEN ARRAY['state', 'confirmed_by', 'confirmed_at', 'ended_at', 'ended_by']
        ELSE ARRAY['state', 'ended_at', 'ended_by']
    END;
    IF to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free THEN
        RAISE EXCEPTION 'what a mandate says does not change' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.state = 'deceased' THEN
        IF (NEW.state = 'active') IS DISTINCT FROM (OLD.accepted_at IS NOT NULL) OR NEW.ended_by <> '' THEN
            RAISE EXCEPTION 'a mandate that stands again stands as it did' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.valid_to <= moment THEN
            RAISE EXCEPTION 'a mandate does not stand again after its last day' USING ERRCODE = 'check_violation';
        END IF;
        NEW.ended_at := NULL;
        RETURN NEW;
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
    NEW.ended_at := CASE WHEN NEW.state IN ('revoked', 'expired', 'refused', 'deceased') THEN moment END;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("mandates", "0004_answering")]

    operations = [
        migrations.RemoveConstraint("mandate", "mandate_state_known"),
        migrations.AlterField(
            "mandate",
            "state",
            models.CharField(max_length=10, choices=[(s, s) for s in STATES], default="offered"),
        ),
        migrations.AddConstraint(
            "mandate",
            models.CheckConstraint(name="mandate_state_known", condition=models.Q(state__in=STATES)),
        ),
        migrations.RunSQL(RULES, migrations.RunSQL.noop),
    ]
