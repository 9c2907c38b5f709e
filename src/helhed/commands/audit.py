"""`helhed audit`: how the log stands, whether it is whole, and the end of retention."""

import argparse
from pathlib import Path

from django.conf import settings
from django.utils import timezone, translation
from rich.console import Console

from helhed.audit.actions import SYSTEM
from helhed.audit.anchors import files, witnesses
from helhed.audit.anchors.receipts import NotTaken
from helhed.audit.findings import sentence
from helhed.audit.keys import signing_key, thumbprint
from helhed.audit.questions import Health, health
from helhed.audit.retention import CannotErase, read_keeping, retain
from helhed.audit.verifying import Held, verify
from helhed.commands.refusal import RefusalError

INSIDE_ONLY = (
    "No head from outside was at hand. Two kinds of tampering leave no trace inside the database: cutting off the newest "
    "lines with their heads, and making everything anew with the key. Name --anchor or --witness."
)


def status(options: argparse.Namespace) -> int:
    """Tell how the log stands; 1 when something is wrong."""
    console, now = Console(highlight=False, soft_wrap=True), health()
    console.print(f"{now.total:,} lines, {now.sealed:,} sealed, {now.waiting:,} wait.", markup=False)
    if now.head:
        console.print(
            f"Newest head: {now.head.size:,} lines, {now.head.at:%Y-%m-%d %H:%M:%S} UTC, {now.head.root.hex()}"
        )
    for place in now.places:
        words = f"holds {place.size:,} lines" + (
            f" since {place.at:%Y-%m-%d %H:%M:%S} UTC" if place.at else ""
        )
        console.print(f"{place.place.kind} {place.place.address}: {place.words or words}", markup=False)
    if not now.places:
        console.print(
            "No place outside is configured (HELHED_ANCHOR_FILE, HELHED_WITNESS_URL, HELHED_TSA_URL)."
        )
    for words in alarms(now):
        console.print(words, markup=False)
    return int(now.is_alarm)


def alarms(now: Health) -> list[str]:
    """What is wrong with the log, a sentence each."""
    found = []
    if now.sealing_is_late:
        found.append(
            f"{now.waiting:,} lines wait to be sealed, the oldest for more than an hour: is helhed work running?"
        )
    for place in now.places:
        if place.refused:
            found.append(f"{place.place.kind} refuses the newest head: {place.words}")
        elif place in now.late_places:
            found.append(f"{place.place.kind} has had no head for more than an hour: {place.words}")
    return found


def prove(options: argparse.Namespace) -> int:
    """Verify the log against its heads and what is held outside; one sentence for each finding, 1 when there is one."""
    console = Console(stderr=True, highlight=False)
    key = signing_key("log").public_key()
    held = _held(options, thumbprint(key))
    if not held:
        console.print(INSIDE_ONLY, markup=False)
    count = 0
    with translation.override("en"), console.status("verifying") as told:
        for portion in verify(held, key):
            told.update(f"verifying: {portion.end:,} of {portion.size:,} lines")
            for found in portion.findings:
                count += 1
                print(sentence(found))
    if count:
        print(f"The log is not whole: {count} findings.")
        return 1
    newest = max((each.head.size for each in held), default=0)
    print(
        f"All {portion.size:,} sealed lines are whole; {newest:,} of them as others have seen them ({len(held):,} heads)."
    )
    return 0


def _held(options: argparse.Namespace, log: str) -> list[Held]:
    """The heads that lie outside: where the arguments say, else where they are configured to be left."""
    anchor, witness = options.anchor, options.witness
    if anchor is None and witness is None:
        anchor, witness = settings.ANCHOR_FILE or None, settings.WITNESS_URL or None
        if anchor and not Path(anchor).exists():
            anchor = None
    held = []
    try:
        if anchor:
            held += [Held("the anchor file", head) for head in files.read(Path(anchor))]
        if witness and "://" in str(witness):
            held += [Held("the witness", head) for head in witnesses.heads(witness, log)]
        elif witness:
            held += [Held("the witness", head) for head in files.read(Path(witness))]
    except (NotTaken, ValueError) as error:
        raise RefusalError(str(error)) from None
    return [each for each in held if each.head.key == log]


def erase(options: argparse.Namespace) -> None:
    """Erase what is personal in the lines that have been kept long enough."""
    try:
        done = retain(
            by=SYSTEM,
            today=timezone.localdate(),
            keeping=read_keeping(options.keep or settings.LOG_KEEP),
        )
    except (ValueError, CannotErase) as error:
        raise RefusalError(str(error)) from None
    print(f"{done:,} lines were erased." if done else "No line is old enough.")
