"""`helhed migrate`: make or update the tables, as the role that owns them."""

import argparse

from django.core.management import call_command


def run(options: argparse.Namespace) -> None:
    """Tell each migration as it is applied."""
    call_command("migrate", database="owner", interactive=False)
