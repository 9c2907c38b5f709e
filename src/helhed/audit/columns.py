"""A column type of PostgreSQL's that Django does not know."""

from typing import Any

from django.db import models
from django.db.models.expressions import Func


class TransactionId(models.Field):
    """`xid8`: the full number of a transaction, which never comes round again on the same server. An int in Python."""

    def db_type(self, connection: Any) -> str:
        return "xid8"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> int | None:
        return None if value is None else int(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return str(value) if isinstance(value, int) else value


class CurrentTransaction(Func):
    """The number of the transaction that writes the row."""

    function = "pg_current_xact_id"
    arity = 0
    output_field = TransactionId()
