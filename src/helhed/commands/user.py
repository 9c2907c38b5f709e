"""`helhed user`: make a login for one of the staff, or change it."""

import argparse
import getpass
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from helhed.accounts.actions import Login, appoint
from helhed.accounts.models import ADMINISTRATIONS
from helhed.accounts.roles import ROLES
from helhed.audit.actions import SYSTEM
from helhed.commands.refusal import RefusalError
from helhed.law import catalogue


def run(options: argparse.Namespace) -> None:
    """Ask for the password at the terminal, or read it as one line from a pipe."""
    roles = sorted(set(ROLES) - {"citizen"})
    if options.role not in roles:
        raise RefusalError(f"There is no role '{options.role}' for staff. The roles are: {', '.join(roles)}.")
    if options.administration not in dict(ADMINISTRATIONS):
        raise RefusalError(f"There is no administration '{options.administration}'. Use bif or sof.")
    if options.role == "caseworker" and not options.administration:
        raise RefusalError("A caseworker belongs to an administration: add --administration bif or sof.")
    if options.unit and options.unit not in catalogue().vocabulary().units:
        raise RefusalError(f"There is no unit '{options.unit}'. See: helhed law units")
    login = Login(options.username, options.name, options.role, options.administration, options.unit)
    appoint(by=SYSTEM, login=login, password=_password())
    print(f"{options.username} may log in as {options.role}.")


def _password() -> str:
    typed = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        validate_password(typed)
    except ValidationError as error:
        raise RefusalError(" ".join(error.messages)) from None
    if sys.stdin.isatty() and getpass.getpass("The same once more: ") != typed:
        raise RefusalError("The two passwords differ. Nothing was changed.")
    return typed
