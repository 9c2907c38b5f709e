"""`helhed user`: appoint one of the staff, change it, or end it."""

import argparse
import getpass
import sys
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from helhed.accounts.actions import AppointmentError, Login, appoint, end
from helhed.accounts.models import ADMINISTRATIONS, CLEARANCES, User
from helhed.accounts.roles import STAFF_ROLES
from helhed.audit.actions import SYSTEM
from helhed.commands.refusal import RefusalError
from helhed.law import catalogue


def run(options: argparse.Namespace) -> None:
    """Appoint, or with --end close. The password is asked for at the terminal, or read as one line from a pipe."""
    try:
        if options.end:
            _end(options)
        else:
            _appoint(options)
    except AppointmentError as error:
        raise RefusalError(str(error)) from None


def _appoint(options: argparse.Namespace) -> None:
    _refuse_unknown(options)
    login = Login(
        options.username,
        options.name,
        options.role,
        options.administration,
        options.unit,
        clearance=options.clearance,
        vip=options.vip,
        protected_address=options.protected_address,
        since=_day("--from", options.since),
        until=_day("--to", options.until),
        reason=options.reason,
        subject=f"staff:{options.subject}" if options.subject else None,
    )
    user = appoint(by=SYSTEM, login=login, password=None if options.no_password else _password(options))
    since = user.appointed_from if login.since is None else login.since
    print(
        f"{options.username} may log in as {options.role} from {since} to {login.until or 'further notice'}."
    )


def _refuse_unknown(options: argparse.Namespace) -> None:
    if not options.name:
        raise RefusalError("An appointment needs a name: add --name.")
    if options.role not in STAFF_ROLES:
        roles = ", ".join(sorted(STAFF_ROLES))
        raise RefusalError(f"There is no role '{options.role}' for staff. The roles are: {roles}.")
    if options.administration not in dict(ADMINISTRATIONS):
        raise RefusalError(f"There is no administration '{options.administration}'. Use bif or sof.")
    if options.role == "caseworker" and not options.administration:
        raise RefusalError("A caseworker belongs to an administration: add --administration bif or sof.")
    if options.unit and options.unit not in catalogue().vocabulary().units:
        raise RefusalError(f"There is no unit '{options.unit}'. See: helhed law units")
    if options.unit and options.administration and options.unit.split("/")[0] != options.administration:
        raise RefusalError(f"The unit '{options.unit}' is not one of {options.administration}.")
    if options.clearance not in dict(CLEARANCES):
        raise RefusalError("The clearance is a number from 0 to 3.")


def _end(options: argparse.Namespace) -> None:
    on = _day("--to", options.until)
    try:
        user = end(by=SYSTEM, username=options.username, on=on, reason=options.reason)
    except User.DoesNotExist:
        raise RefusalError(f"There is no login '{options.username}'.") from None
    print(f"{user.username} may not log in from {user.appointed_to} on.")


def _day(option: str, text: str) -> date | None:
    """A day of the command line, written 2026-12-31; None when it was not given."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RefusalError(f"{option} is a day, written like 2026-12-31, and not '{text}'.") from None


def _password(options: argparse.Namespace) -> str:
    typed = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        validate_password(typed, User(username=options.username, name=options.name))
    except ValidationError as error:
        raise RefusalError(" ".join(error.messages)) from None
    if sys.stdin.isatty() and getpass.getpass("The same once more: ") != typed:
        raise RefusalError("The two passwords differ. Nothing was changed.")
    return typed
