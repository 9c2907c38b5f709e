"""A citizen read as another takes the protection along: whoever merges two persons cannot take it off unseen.

It stays on both when they are parted again; ending it is an act of its own.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION access_shield_merged() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    INSERT INTO access_shield (person_key, reason, set_by, ended_by)
    SELECT kept.key, s.reason, s.set_by, ''
    FROM register_person gone
    JOIN access_shield s ON s.person_key = gone.key AND s.ended_at IS NULL
    JOIN register_person kept ON kept.id = NEW.kept_id
    WHERE gone.id = NEW.gone_id
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE TRIGGER access_shield_merged AFTER INSERT ON register_merge
    FOR EACH ROW EXECUTE FUNCTION access_shield_merged();
"""

BACK = """
DROP TRIGGER access_shield_merged ON register_merge;
DROP FUNCTION access_shield_merged();
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0004_why_a_shield_ended"), ("register", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
