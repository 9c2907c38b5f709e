"""What the database itself holds: versions refer to what exists, closed knowledge stays closed, nothing is removed.

Row-by-row foreign keys on facts were measured on PostgreSQL 15, one million rows with the table's indexes in place:
5.8 s without, 15.6 s with three of them, 7.0 s with the triggers below, which look at the rows of a statement together.
(A bare COPY and the indexes afterwards took 3.5 s.) So facts, details of persons and identifiers have triggers, the rest real keys.
The other side of a foreign key - that what is referred to stays - is held by refusing every delete.

A first load is written without the indexes of facts and details, which are made at its end: four million rows of facts
cost the server 22 s with their three indexes in place, and 6 s without, and some 5 s to make them. The running program
may not touch indexes, so it asks `register_set_indexes_aside`, which does so only while both tables are empty, and lays
down that they are made again before the transaction can end.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION register_person_known() RETURNS trigger LANGUAGE plpgsql SET enable_nestloop = off AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM arrived a WHERE NOT EXISTS (SELECT 1 FROM register_person p WHERE p.id = a.person_id))
    THEN RAISE foreign_key_violation USING MESSAGE = TG_TABLE_NAME || ': a row refers to a person that does not exist';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION register_origin_known() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM (SELECT DISTINCT table_id, file_id FROM arrived) a
               WHERE NOT EXISTS (SELECT 1 FROM register_deliveryfile f WHERE f.id = a.file_id AND f.table_id = a.table_id))
    THEN RAISE foreign_key_violation USING MESSAGE = TG_TABLE_NAME || ': a row refers to a file or table that does not exist';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION register_fact_known() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM (SELECT DISTINCT table_id, file_id, term_id, unit_id FROM arrived) a
               WHERE NOT EXISTS (SELECT 1 FROM register_deliveryfile f WHERE f.id = a.file_id AND f.table_id = a.table_id)
                  OR NOT EXISTS (SELECT 1 FROM register_term t WHERE t.id = a.term_id)
                  OR (a.unit_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM register_unit u WHERE u.id = a.unit_id)))
    THEN RAISE foreign_key_violation USING MESSAGE =
        TG_TABLE_NAME || ': a row refers to a file, table, code or unit that does not exist';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION register_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE restrict_violation USING MESSAGE = TG_TABLE_NAME || ': rows are not removed';
END $$;

CREATE FUNCTION register_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE restrict_violation USING MESSAGE = TG_TABLE_NAME || ': knowledge that is closed stays as it was';
END $$;
"""
INDEXES = """
CREATE TABLE register_index_aside (definition text NOT NULL);

CREATE FUNCTION register_set_indexes_aside() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    one record;
BEGIN
    IF EXISTS (SELECT 1 FROM register_fact) OR EXISTS (SELECT 1 FROM register_persondetail) THEN
        RETURN false;
    END IF;
    LOCK TABLE register_fact, register_persondetail IN ACCESS EXCLUSIVE MODE NOWAIT;
    IF EXISTS (SELECT 1 FROM register_fact) OR EXISTS (SELECT 1 FROM register_persondetail) THEN
        RAISE lock_not_available;
    END IF;
    FOR one IN SELECT indexrelid::regclass AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
               WHERE indrelid IN ('register_fact'::regclass, 'register_persondetail'::regclass) AND NOT indisprimary
    LOOP
        EXECUTE 'DROP INDEX ' || one.name;
        INSERT INTO register_index_aside VALUES (one.definition);
    END LOOP;
    RETURN true;
EXCEPTION WHEN lock_not_available THEN
    RETURN false;
END $$;

CREATE FUNCTION register_put_index_back() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    EXECUTE NEW.definition;
    DELETE FROM register_index_aside WHERE definition = NEW.definition;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER index_back AFTER INSERT ON register_index_aside DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION register_put_index_back();

REVOKE ALL ON FUNCTION register_set_indexes_aside() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION register_set_indexes_aside() TO helhed_web;
"""
UNDO_INDEXES = "DROP TABLE register_index_aside; DROP FUNCTION register_put_index_back(); DROP FUNCTION register_set_indexes_aside()"
NAMES = ("origin_known", "person_known", "fact_known", "stays", "closed")
VERSIONS = ("fact", "persondetail", "relation")
CLOSING = (*VERSIONS, "identifier", "merge")
REFERRED = ("person", "term", "unit", "deliveryfile", "sourcetable")
EVERY = [
    "source",
    "sourcetable",
    "delivery",
    "deliveryfile",
    "rejectedrow",
    "person",
    "term",
    "unit",
    "persondetail",
    "identifier",
    "merge",
    "relation",
    "fact",
    "change",
]
DELIVERY = "status received_at ended confirmed touches_everyone message_da message_en progress_step progress_done progress_total progress_at"
FILE = "table_id mode header note_da note_en read new changed unchanged deleted rejected closed"


def checked(table: str, what: str) -> str:
    """A trigger that looks at all rows a statement has inserted."""
    return (
        f"CREATE TRIGGER {table}_{what} AFTER INSERT ON register_{table} REFERENCING NEW TABLE AS arrived "
        f"FOR EACH STATEMENT EXECUTE FUNCTION register_{what}()"
    )


TRIGGERS = [
    *[checked(table, "person_known") for table in ("fact", "persondetail", "identifier")],
    *[checked(table, "origin_known") for table in ("persondetail", "relation")],
    checked("fact", "fact_known"),
    *[
        f"CREATE TRIGGER {table}_closed BEFORE UPDATE ON register_{table} FOR EACH ROW "
        f"WHEN (OLD.known_to IS NOT NULL) EXECUTE FUNCTION register_closed()"
        for table in CLOSING
    ],
    *[
        f"CREATE TRIGGER {table}_stays BEFORE DELETE ON register_{table} FOR EACH STATEMENT EXECUTE FUNCTION register_stays()"
        for table in REFERRED
    ],
]
UNDO_TRIGGERS = "; ".join(f"DROP FUNCTION register_{name}() CASCADE" for name in NAMES)

TABLES = ", ".join(f"register_{name}" for name in EVERY)
GRANTS = [
    f"GRANT SELECT, INSERT ON {TABLES} TO helhed_web",
    "GRANT UPDATE (label_da, label_en, administration, priority) ON register_source TO helhed_web",
    f"GRANT UPDATE ({', '.join(DELIVERY.split())}) ON register_delivery TO helhed_web",
    f"GRANT UPDATE ({', '.join(FILE.split())}) ON register_deliveryfile TO helhed_web",
    *[f"GRANT UPDATE (known_to) ON register_{table} TO helhed_web" for table in CLOSING],
]


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]

    operations = [
        migrations.RunSQL([FUNCTIONS, *TRIGGERS], UNDO_TRIGGERS),
        migrations.RunSQL(INDEXES, UNDO_INDEXES),
        migrations.RunSQL(GRANTS, f"REVOKE ALL ON {TABLES} FROM helhed_web"),
    ]
