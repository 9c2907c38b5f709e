"""What is written stays: rights for the running program, and triggers that also hold the owner of the tables.

A line may be altered in one way only: its personal values are erased, when it is sealed and at least six months old.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is only appended to: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION audit_only_erase() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.remains IS NULL AND NEW.remains IS NOT NULL AND NEW.salt IS NULL
        AND NEW.actor = '' AND NEW.actor_unit = '' AND NEW.person_key IS NULL AND NEW.object = ''
        AND NEW.decision IS NULL AND NEW.mandate IS NULL AND NEW.request_id = ''
        AND ROW(NEW.id, NEW.at, NEW.xid, NEW.actor_role, NEW.action, NEW.purpose, NEW.ground, NEW.fields, NEW.outcome)
            IS NOT DISTINCT FROM
            ROW(OLD.id, OLD.at, OLD.xid, OLD.actor_role, OLD.action, OLD.purpose, OLD.ground, OLD.fields, OLD.outcome)
        AND OLD.at < now() - interval '6 months'
        AND EXISTS (SELECT FROM audit_leaf WHERE event = OLD.id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'line % of the log cannot be altered', OLD.id USING ERRCODE = 'insufficient_privilege';
END $$;
"""
TABLES = ("audit_leaf", "audit_tile", "audit_head", "audit_anchor")
KEEP = "\n".join(
    [
        *(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();"
            for table in TABLES
        ),
        "CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON audit_event"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();",
        "CREATE TRIGGER only_erase BEFORE UPDATE ON audit_event"
        " FOR EACH ROW EXECUTE FUNCTION audit_only_erase();",
    ]
)
LET_GO = "\n".join(
    [
        *(f"DROP TRIGGER append_only ON {table};" for table in (*TABLES, "audit_event")),
        "DROP TRIGGER only_erase ON audit_event;",
        "DROP FUNCTION audit_append_only(); DROP FUNCTION audit_only_erase();",
    ]
)


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_sealing")]

    operations = [
        migrations.RunSQL(
            f"GRANT SELECT, INSERT ON {', '.join(TABLES)} TO helhed_web",
            f"REVOKE ALL ON {', '.join(TABLES)} FROM helhed_web",
        ),
        migrations.RunSQL(REFUSE + KEEP, LET_GO),
    ]
