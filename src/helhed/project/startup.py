"""What must be true before the program serves anyone: row-level security binds only a role without rights."""

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from helhed.commands.refusal import RefusalError
from helhed.project.databases import WEB_ROLE

QUESTION = """
SELECT me.rolname, me.rolsuper, me.rolbypassrls, login.rolname, login.rolsuper,
    EXISTS (SELECT FROM pg_class WHERE relowner = me.oid AND relnamespace = 'public'::regnamespace),
    to_regclass('public.django_migrations') IS NOT NULL,
    (SELECT min(other.rolname) FROM pg_roles AS other WHERE (other.rolsuper OR other.rolbypassrls)
        AND other.rolname <> login.rolname AND pg_has_role(login.oid, other.oid, 'MEMBER'))
FROM pg_roles AS me, pg_roles AS login WHERE me.rolname = current_user AND login.rolname = session_user
"""


def refuse_wrong_role(connection: BaseDatabaseWrapper, *, demo: bool) -> None:
    """Refuse to run unless the connection is `helhed_web`: no superuser, no bypass, owner of nothing.

    A login that is a superuser under the role could shed it; only the demo may stand on one.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(QUESTION)
            role, superuser, bypasses, login, super_login, owns, migrated, beyond = cursor.fetchone()
    except DatabaseError as error:
        words = str(error).strip().splitlines()
        raise RefusalError(
            f"The database cannot be used as {WEB_ROLE}: {words[-1] if words else error}"
        ) from None
    wrong = [
        reason
        for reason, holds in (
            (f"it is '{role}', not '{WEB_ROLE}'", role != WEB_ROLE),
            ("it is a superuser", superuser),
            ("it may bypass row-level security", bypasses),
            ("it owns tables", owns),
            (f"its login '{login}' is a superuser and could shed the role", super_login and not demo),
            (
                f"its login '{login}' may become '{beyond}', whom row-level security does not bind",
                beyond is not None and not super_login and not demo,
            ),
        )
        if holds
    ]
    if wrong:
        raise RefusalError(
            f"The program's database role has too many rights: {'; '.join(wrong)}. "
            f"Give {WEB_ROLE} a login of its own in HELHED_WEB_URL (docs/running.md, 'Roles')."
        )
    if not migrated:
        raise RefusalError("The database holds no tables yet. Run ./helhed migrate first.")
