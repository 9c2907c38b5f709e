"""`helhed explain`: why one person of the files is, or is not, in a group of the files on a day. No database."""

import argparse
import json

from helhed.commands.exchange.facts import read_facts
from helhed.commands.exchange.family_facts import world_around
from helhed.commands.exchange.faults import told_in
from helhed.commands.exchange.group_files import Asked, read_asked, steps_to_relatives
from helhed.commands.exchange.reasons import as_plain, as_text
from helhed.periods import day_of
from helhed.rules.errors import RefusedError, unknown_name
from helhed.rules.one import Reason, explain


def run(options: argparse.Namespace) -> None:
    """Print the reasons, as an indented list or as JSON."""
    with told_in(options.language):
        asked = read_asked(options.groups, options.catalogue)
        reason = _reason(options, asked)
    told = (reason, options.group, options.on, asked, options.language)
    if options.json:
        print(json.dumps(as_plain(*told), ensure_ascii=False, indent=2))
    else:
        print("\n".join(as_text(*told)))


def _reason(options: argparse.Namespace, asked: Asked) -> Reason:
    if options.group not in asked.keys:
        raise RefusedError(unknown_name(("gruppe", "group"), options.group, asked.keys))
    facts = read_facts(options.facts, asked.vocabulary, others=True)
    steps = steps_to_relatives([options.group], asked.groups)
    world = world_around(facts, options.person, steps)
    day = day_of(options.on)
    return explain(world, options.person, options.group, day, asked.groups, asked.vocabulary)
