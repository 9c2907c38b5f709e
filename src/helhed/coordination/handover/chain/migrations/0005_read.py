"""What a unit was told is read by somebody of it: once, and beside what was done about it."""

from django.db import migrations, models
from django.db.models import Q

RULES = """
CREATE OR REPLACE FUNCTION handover_message_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    free text[] := ARRAY['done_at', 'done_by', 'unit', 'read_at', 'read_by'];
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free
        OR (OLD.done_at IS NOT NULL
            AND (NEW.done_at, NEW.done_by, NEW.unit) IS DISTINCT FROM (OLD.done_at, OLD.done_by, OLD.unit))
        OR (OLD.read_at IS NOT NULL AND (NEW.read_at, NEW.read_by) IS DISTINCT FROM (OLD.read_at, OLD.read_by))
    THEN
        PERFORM handover_refuse('what was told stays; it is signed off once, and read once');
    END IF;
    RETURN NEW;
END $$;
GRANT UPDATE (read_at, read_by) ON handover_message TO helhed_web;
"""
UNDONE = """
CREATE OR REPLACE FUNCTION handover_message_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    free text[] := ARRAY['done_at', 'done_by', 'unit'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.done_at IS NOT NULL OR to_jsonb(OLD) - free IS DISTINCT FROM to_jsonb(NEW) - free THEN
        PERFORM handover_refuse('what was told stays; it is signed off once');
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("handover", "0004_causes")]

    operations = [
        migrations.AddField(model_name="message", name="read_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="message",
            name="read_by",
            field=models.CharField(blank=True, default="", max_length=80),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by="") | (Q(read_at__isnull=False) & ~Q(read_by="")),
                name="message_read_pair",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["unit", "-at"], name="message_of_unit"),
        ),
        migrations.RunSQL(RULES, UNDONE),
    ]
