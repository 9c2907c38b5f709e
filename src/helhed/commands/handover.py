"""`helhed handover replay`: hand-overs decided again from what they pinned; whatever was changed behind them shows."""

import argparse
import sys
from uuid import UUID

from django.utils import translation
from rich.console import Console

from helhed.audit.actions import SYSTEM
from helhed.commands.refusal import RefusalError
from helhed.coordination.handover.chain.check_words import check_label, finding
from helhed.coordination.handover.chain.models import Chain
from helhed.coordination.handover.chain.replaying import Check, Replayed, replay_each


def replay(options: argparse.Namespace) -> int:
    """Decide one hand-over again, each check told; or all of them, only what differs told. 1 when anything does."""
    if (options.chain is None) == (not options.all):
        raise RefusalError("Name one hand-over, or --all. Its number stands in its address.")
    chains = None if options.all else [_known(options.chain)]
    looked = differ = checks = 0
    console = Console(stderr=True, highlight=False)
    with translation.override("en"), console.status("deciding again") as told:
        for found in replay_each(by=SYSTEM, chains=chains):
            looked, checks = looked + 1, checks + len(found.checks)
            differ += not found.holds
            told.update(f"deciding again: {looked:,}")
            _tell(found, whole=not options.all)
    sys.stdout.flush()
    if differ:
        print(f"{differ:,} of {looked:,} hand-overs are not as they were decided.")
        return 1
    print(f"All {checks:,} checks of {looked:,} hand-overs hold.")
    return 0


def _known(number: UUID) -> UUID:
    if not Chain.objects.filter(pk=number).exists():
        raise RefusalError(f"There is no hand-over {number}. Its number stands in its address.")
    return number


def _tell(found: Replayed, *, whole: bool) -> None:
    """Each check of one hand-over, or only what does not hold."""
    for check in found.checks:
        if whole or not check.holds:
            print(("" if whole else f"{found.chain} ") + _line(check))


def _line(check: Check) -> str:
    where = f"step {check.step}: " if check.step else ""
    return f"✓ {where}{check_label(check.what)}" if check.holds else f"✗ {where}{finding(check)}"
