"""Which request a line was written for: one name for all lines of it, also given to the one who asked."""

from contextvars import ContextVar

current: ContextVar[str] = ContextVar("helhed_request", default="")
"""The name of the request being answered; empty in commands and in the worker."""
