"""The command line: every command with its arguments, in one place to read.

A command is a function `run(options)` in a module of this room, named by text and looked up when it is called: the
modules use the database's tables, and those can be imported only after the settings are known. What a command needs
(`needs`) is laid under it by the one who calls, see `Need`.
"""

import argparse
import difflib
from datetime import date
from enum import Enum
from pathlib import Path
from typing import NoReturn
from uuid import UUID

from helhed.commands.refusal import RefusalError

Commands = argparse._SubParsersAction


class Need(Enum):
    """What must stand before a command runs."""

    NOTHING = "no database"
    STORE = "a database, empty or not, with the right to make tables"
    PROGRAM = "a database with tables, used as the role without rights"
    SERVER = "a server on which a database of its own may be made"


class Parser(argparse.ArgumentParser):
    """argparse, with one sentence and the nearest name instead of a page of usage."""

    def error(self, message: str) -> NoReturn:
        raise RefusalError(f"{message}. See: {self.prog} --help")


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read a command line. Answers `run` (module:function), `needs`, `environment` and the command's arguments."""
    parser = Parser(
        prog="helhed",
        description="Shared citizens of two administrations: found, understood and handed over lawfully.",
        epilog="Start here: ./helhed demo",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)
    for define in (_running, _data, _reading, _log, _consents, _handovers, _exchange, _making):
        define(commands)
    names = list(commands.choices)
    if arguments and not arguments[0].startswith("-") and arguments[0] not in names:
        near = difflib.get_close_matches(arguments[0], names, 1, 0.4)
        hint = f"Did you mean '{near[0]}'?" if near else f"The commands are: {', '.join(names)}."
        raise RefusalError(f"There is no command '{arguments[0]}'. {hint}")
    options, rest = parser.parse_known_args(arguments)
    if rest and options.command != "test":
        raise RefusalError(
            f"'{options.command}' does not know {' '.join(rest)}. See: helhed {options.command} --help"
        )
    options.rest = rest
    return options


def _command(commands: Commands, name: str, needs: Need, line: str, **environment: str) -> Parser:
    parser: Parser = commands.add_parser(name, help=line, description=line)
    parser.set_defaults(command=name, run=f"helhed.commands.{name}:run", needs=needs, environment=environment)
    return parser


def _running(commands: Commands) -> None:
    demo = _command(
        commands,
        "demo",
        Need.STORE,
        "a made-up Copenhagen, counted and served; Ctrl-C stops it",
        HELHED_DEMO="1",
    )
    demo.add_argument("--fresh", action="store_true", help="remove the demo's data and begin again")
    demo.add_argument("--people", type=_count, help="how many people the case systems know (default 60000)")
    demo.add_argument("--port", type=_count, help="port on 127.0.0.1 (default 8000, or the next free one)")
    demo.add_argument("--browser", action="store_true", help="open the page when it is ready")

    serve = _command(commands, "serve", Need.PROGRAM, "the web server alone", HELHED_POOL="1")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--port", type=_count, default=8000, help="port to listen on (default 8000)")
    serve.add_argument("--with-parent", action="store_true", help="end when the standard input closes")

    work = _command(commands, "work", Need.PROGRAM, "the worker: counts what was delivered, writes notices")
    work.add_argument("--once", action="store_true", help="do what there is to do, then end")
    work.add_argument("--with-parent", action="store_true", help="end when the standard input closes")

    _command(commands, "migrate", Need.STORE, "make or update the tables")

    test = _command(
        commands, "test", Need.SERVER, "style, types, contracts and tests; further arguments go to pytest"
    )
    test.add_argument("--all", action="store_true", help="the slow ones too")


def _data(commands: Commands) -> None:
    deliver = _command(
        commands, "deliver", Need.PROGRAM, "take in files from a case system, and count whom they touch"
    )
    deliver.add_argument("source", metavar="SOURCE", help="key of the source, for example bif-fagsystem")
    deliver.add_argument(
        "files", metavar="FILES", nargs="+", type=Path, help="the files, or one folder with them"
    )
    deliver.add_argument("--confirm", action="store_true", help="close the many facts a first try stopped at")

    _appointing(commands)

    database = _command(
        commands, "database", Need.NOTHING, "the embedded database: start, stop, dump, restore"
    )
    database.add_argument("act", choices=["start", "stop", "dump", "restore"])
    database.add_argument("file", metavar="FILE", nargs="?", type=Path, help="for dump and restore")


def _appointing(commands: Commands) -> None:
    user = _command(
        commands, "user", Need.PROGRAM, "appoint one of the staff, or end it; asks for the password"
    )
    user.add_argument("username", metavar="USERNAME")
    user.add_argument("--name", default="", help="the person's name")
    user.add_argument("--role", default="", help="caseworker, leader, analyst, steward or committee")
    user.add_argument("--administration", default="", help="bif or sof")
    user.add_argument("--unit", default="", help="key of the unit, see: helhed law units")
    user.add_argument("--clearance", type=int, default=1, help="how sensitive information: 0 to 3 (1)")
    user.add_argument("--vip", action="store_true", help="may see citizens known to the public")
    user.add_argument("--protected-address", action="store_true", help="may reveal protected addresses")
    user.add_argument("--from", dest="since", metavar="DAY", default="", help="first day (today)")
    user.add_argument("--to", dest="until", metavar="DAY", default="", help="first day without access")
    user.add_argument("--reason", default="", help="why, for the list of appointments")
    user.add_argument("--subject", default="", help="what the identity provider calls the person (sub)")
    user.add_argument("--no-password", action="store_true", help="log-in by the identity provider only")
    user.add_argument("--end", action="store_true", help="end the login today, or on the day of --to")


def _reading(commands: Commands) -> None:
    law = _command(
        commands, "law", Need.NOTHING, "print the catalogue of benefits, services, units and groups"
    )
    law.add_argument("section", metavar="SECTION", nargs="?", help="benefits, services, units, groups …")
    law.add_argument("key", metavar="KEY", nargs="?", help="one entry of the section")
    law.add_argument("--on", type=_day, help="as it stood on a day (YYYY-MM-DD)")
    law.add_argument("--json", action="store_true", help="as JSON, in both languages")
    law.add_argument("--language", choices=["da", "en"], default="da", help="da or en (default da)")

    report = _command(commands, "report", Need.PROGRAM, "write a report as PDF")
    report.add_argument("report", metavar="REPORT", choices=["kortlaegning"], help="kortlaegning")
    report.add_argument("--on", type=_day, required=True, help="the day it describes (YYYY-MM-DD)")
    report.add_argument("-o", "--output", type=Path, required=True, help="the file to write")
    report.add_argument("--language", choices=["da", "en"], default="da", help="da or en (default da)")


def _log(commands: Commands) -> None:
    audit = _command(
        commands, "audit", Need.PROGRAM, "the log: how it stands, whether it is whole, its witness, its end"
    )
    acts = audit.add_subparsers(dest="act", metavar="ACT", required=True, parser_class=Parser)

    line = "how many lines, sealed until when, left where; exit 1 when something is wrong"
    acts.add_parser("status", help=line, description=line).set_defaults(run="helhed.commands.audit:status")

    line = "hold every line against the tree and the heads; a sentence for each finding, exit 1 when there is one"
    verify = acts.add_parser("verify", help=line, description=line)
    verify.set_defaults(run="helhed.commands.audit:prove")
    verify.add_argument(
        "--anchor", metavar="FILE", type=Path, help="heads left in a file (default HELHED_ANCHOR_FILE)"
    )
    verify.add_argument(
        "--witness", metavar="URL|FILE", help="heads a witness has seen (default HELHED_WITNESS_URL)"
    )

    line = "erase what is personal in lines that have been kept long enough; the tree still holds"
    retain = acts.add_parser("retain", help=line, description=line)
    retain.set_defaults(run="helhed.commands.audit:erase", needs=Need.STORE)
    retain.add_argument(
        "--keep", metavar="TIMES", help="such as P2Y,tilsyn=P5Y (default HELHED_LOG_KEEP, else P2Y)"
    )

    line = "the other administration's witness: countersigns heads that continue what it has seen"
    witness = acts.add_parser("witness", help=line, description=line)
    witness.set_defaults(run="helhed.commands.witness:run", needs=Need.NOTHING)
    witness.add_argument(
        "--folder", metavar="DIR", type=Path, required=True, help="its own key, and what it has seen"
    )
    witness.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    witness.add_argument("--port", type=_count, required=True, help="port to listen on")
    witness.add_argument("--with-parent", action="store_true", help="end when the standard input closes")


def _consents(commands: Commands) -> None:
    consent = _command(commands, "consent", Need.NOTHING, "receipts of consent")
    acts = consent.add_subparsers(dest="act", metavar="ACT", required=True, parser_class=Parser)
    line = "whether a saved receipt is genuine, without server or database; exit 1 when it is not"
    verify = acts.add_parser("verify", help=line, description=line)
    verify.add_argument("file", metavar="FILE", type=Path, help="the receipt, as the citizen saved it")
    verify.add_argument(
        "--keys", metavar="FILE", type=Path, help="the published keys (default: those of this installation)"
    )

    twin = _command(commands, "twin", Need.NOTHING, "a stand-in for a national service, to try against")
    twins = twin.add_subparsers(dest="act", metavar="SERVICE", required=True, parser_class=Parser)
    line = "Digitalt Samtykke: takes requests, and answers them as it is told to"
    stand_in = twins.add_parser("consent", help=line, description=line)
    stand_in.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    stand_in.add_argument("--port", type=_count, required=True, help="port to listen on")


def _handovers(commands: Commands) -> None:
    handover = _command(commands, "handover", Need.PROGRAM, "hand-overs of responsibility")
    acts = handover.add_subparsers(dest="act", metavar="ACT", required=True, parser_class=Parser)
    line = "decide again from what was pinned: steps, facts as known then, rule, gate, consent; exit 1 when anything differs"
    again = acts.add_parser("replay", help=line, description=line)
    again.set_defaults(run="helhed.commands.handover:replay")
    again.add_argument("chain", metavar="NUMBER", nargs="?", type=_number, help="one hand-over")
    again.add_argument("--all", action="store_true", help="every hand-over and return there is")


def _exchange(commands: Commands) -> None:
    evaluate = _command(
        commands,
        "evaluate",
        Need.NOTHING,
        "facts and groups from files; who was in which group, when, to a file",
    )
    _facts_and_groups(evaluate)
    evaluate.add_argument(
        "--from", dest="start", metavar="DAY", type=_day, required=True, help="the first day (YYYY-MM-DD)"
    )
    evaluate.add_argument(
        "--to", metavar="DAY", type=_day, required=True, help="the day after the last (YYYY-MM-DD)"
    )
    evaluate.add_argument(
        "-o", "--output", type=Path, required=True, help="the file to write, .csv or .parquet"
    )
    evaluate.add_argument(
        "--engine", choices=["local", "spark"], default="local", help="where it is worked out (default local)"
    )
    evaluate.add_argument("--progress", action="store_true", help="tell how far it is")

    explain = _command(commands, "explain", Need.NOTHING, "why one person is, or is not, in a group on a day")
    _facts_and_groups(explain)
    explain.add_argument("--group", metavar="KEY", required=True, help="key of the group")
    explain.add_argument("--person", required=True, help="the person, as in the files")
    explain.add_argument("--on", type=_day, required=True, help="the day (YYYY-MM-DD)")
    explain.add_argument("--json", action="store_true", help="as JSON")


def _facts_and_groups(command: Parser) -> None:
    command.add_argument(
        "--facts",
        metavar="DIR",
        type=Path,
        required=True,
        help="folder with people, spells and relations, each .csv or .parquet",
    )
    command.add_argument(
        "--groups",
        metavar="FILE",
        type=Path,
        required=True,
        help="YAML with groups, or a folder of such files",
    )
    command.add_argument(
        "--catalogue",
        metavar="DIR",
        type=Path,
        help="another catalogue of the law than the one that comes along",
    )
    command.add_argument("--language", choices=["da", "en"], default="da", help="da or en (default da)")


def _making(commands: Commands) -> None:
    synthetic = _command(
        commands, "synthetic", Need.NOTHING, "write the made-up city as the case systems' files"
    )
    synthetic.add_argument("--people", type=_count, default=60_000, help="how many people (default 60000)")
    synthetic.add_argument(
        "--seed", type=int, default=1, help="the same seed gives the same files (default 1)"
    )
    synthetic.add_argument("-o", "--output", type=Path, required=True, help="the folder to write")

    bench = _command(
        commands, "bench", Need.SERVER, "measure how long something takes, in a database of its own"
    )
    _benches(bench.add_subparsers(dest="what", metavar="WHAT", required=True, parser_class=Parser))

    _command(commands, "messages", Need.NOTHING, "compile the translations")


def _benches(benches: Commands) -> None:
    line = "a whole city taken in, against a bare COPY of the same rows"
    importing = benches.add_parser("import", help=line, description=line)
    importing.add_argument("--people", type=_count, default=650_000, help="how many people (default 650000)")

    line = "decisions, lists of citizens at the database, and the sealing of the log"
    hatch = benches.add_parser("hatch", help=line, description=line)
    hatch.add_argument("-o", "--output", type=Path, help="the table as JSON, in this file")

    line = "the pages of the hand-overs on the whole demo city, fifty citizens at a time"
    handover = benches.add_parser("handover", help=line, description=line)
    handover.add_argument("--people", type=_count, default=60_000, help="how many people (default 60000)")
    handover.add_argument("-o", "--output", type=Path, help="the table as JSON, in this file")

    line = "the engines, against the sort of the same events, peers, and themselves at other sizes"
    engine = benches.add_parser("engine", help=line, description=line)
    engine.add_argument("--people", type=_count, default=650_000, help="how many people (default 650000)")
    engine.add_argument(
        "--spells", type=_count, default=10_000_000, help="how many spells (default 10000000)"
    )
    whether = argparse.BooleanOptionalAction
    engine.add_argument("--big", action=whether, help="ten times as many too (default: if memory allows)")
    engine.add_argument("--peers", action=whether, default=True, help="ask the peers too (default: yes)")
    engine.add_argument("-o", "--output", type=Path, help="the table as JSON, in this file")


def _count(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number above 0")
    return int(text)


def _number(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not the number of a hand-over") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a day written as YYYY-MM-DD") from None
