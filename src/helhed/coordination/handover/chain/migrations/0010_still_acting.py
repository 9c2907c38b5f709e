"""That Copenhagen still acts for somebody who has moved away is said once, with a ground, and kept; a return for moving away comes
to nothing for that reason only where it was said."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Now

RULES = """
CREATE FUNCTION handover_still_acting_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.ended_at IS NOT NULL OR NOT EXISTS (SELECT FROM handover_chain c
            WHERE c.id = NEW.chain_id AND c.direction = 'over' AND c.state = 'effective') THEN
            PERFORM handover_refuse('only of a hand-over in effect it is said that the municipality still acts');
        END IF;
        NEW.said_at := clock_timestamp();
        RETURN NEW;
    END IF;
    IF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL
        OR to_jsonb(OLD) - 'ended_at' IS DISTINCT FROM to_jsonb(NEW) - 'ended_at' THEN
        PERFORM handover_refuse('what was said is not altered, and ends once');
    END IF;
    NEW.ended_at := clock_timestamp();
    RETURN NEW;
END $$;

CREATE FUNCTION handover_return_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.cause <> 'moved-away' OR NOT EXISTS (SELECT FROM handover_stillacting s
        WHERE s.chain_id = NEW.returns_id AND s.ended_at IS NULL AND s.said_at >= NEW.opened_at) THEN
        PERFORM handover_refuse('nobody has said that the municipality still acts');
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER handover_still_acting_rules BEFORE INSERT OR UPDATE ON handover_stillacting
    FOR EACH ROW EXECUTE FUNCTION handover_still_acting_rules();
CREATE TRIGGER handover_return_stays BEFORE UPDATE ON handover_chain FOR EACH ROW
    WHEN (NEW.direction = 'back' AND NEW.end_reason = 'still-acting' AND OLD.end_reason <> 'still-acting')
    EXECUTE FUNCTION handover_return_stays();
GRANT SELECT, INSERT ON handover_stillacting TO helhed_web;
GRANT UPDATE (ended_at) ON handover_stillacting TO helhed_web;
"""
UNDONE = """
DROP FUNCTION handover_return_stays() CASCADE;
DROP FUNCTION handover_still_acting_rules() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("handover", "0009_offers_end_with_consent")]

    operations = [
        migrations.CreateModel(
            name="StillActing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        help_text="a legal ground of the catalogue, used for handling", max_length=40
                    ),
                ),
                ("note", models.TextField()),
                ("codes", models.JSONField(default=list)),
                ("said_by", models.CharField(max_length=80)),
                ("said_unit", models.CharField(max_length=160)),
                ("said_at", models.DateTimeField(db_default=Now(), editable=False)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "chain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="still_acting",
                        to="handover.chain",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        name="stillacting_once", fields=["chain"], condition=Q(ended_at__isnull=True)
                    ),
                    models.CheckConstraint(
                        name="stillacting_with_words", condition=~Q(note="") & ~Q(ground="")
                    ),
                ],
            },
        ),
        migrations.RunSQL(RULES, UNDONE),
    ]
