"""Runs mutants, each in a process of its own, and tells which are caught.

`python -m engines.farm` reads `[[module, number], …]` from its input, and writes a line `[module, number, verdict]`
for each, in any order. The verdict says what caught the mutant: a population that comes out differently, an error,
a test, or the time it took; `lives` if nothing did. The compiled loops are run as plain Python.

The processes fork off this one, which has read the large libraries and nothing of helhed: so each reads helhed
anew, one module of it mutated on the way in. No file is written.
"""

import contextlib
import json
import os
import pickle
import resource
import runpy
import signal
import sys
import time
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder, SourceFileLoader

import hypothesis
import numba
import numpy  # noqa: F401
import pyarrow.compute  # noqa: F401
import pytest
import yaml  # noqa: F401

from engines.mutants import code_of

LIVES = "lives"
MEMORY = 6 << 30
WAITING = 4
UNCHANGED = -1
"""The number of a "mutant" in which nothing is changed: it must live, and says how long a run takes."""
TESTS = {
    "periods/": ("engines/test_every_day.py", "periods", "rules/test_calendar.py"),
    "rules/one/": ("rules/test_reasons.py", "rules/test_misses.py", "rules/test_tables.py", "engines/test_spec.py",
                   "engines/test_explanation.py"),
    "rules/many/calendar.py": ("engines/test_every_day.py", "rules/test_calendar.py"),
    "rules/many/logic.py": ("engines/test_many.py", "rules/test_many_states.py"),
    "rules/many/states.py": ("engines/test_many.py", "rules/test_many_states.py"),
    "rules/many/": ("rules/test_columns.py", "engines/test_spec.py", "engines/test_many.py"),
    "rules/": ("engines/test_spec.py", "rules/test_cases.py", "rules/test_criteria.py", "rules/test_vocabulary.py",
               "rules/test_columns.py", "rules/test_reading.py", "engines/test_explanation.py"),
}  # fmt: skip
"""What a mutant must pass that the populations do not tell from the engine, by the beginning of its module's name."""
PYTEST = ("-x", "-q", "--noconftest", "-p", "no:django", "-p", "no:cacheprovider", "-k", "not compiled",
          "-c", os.devnull, "--rootdir", ".")  # fmt: skip


class Mutated(SourceFileLoader):
    """Reads a module with a mutation in it."""

    def __init__(self, fullname: str, path: str, module: str, number: int) -> None:
        super().__init__(fullname, path)
        self.mutation = (module, number)

    def get_code(self, fullname: str) -> object:
        return code_of(*self.mutation)


class Mutating(MetaPathFinder):
    """Finds one module mutated, and leaves the others to those who come after."""

    def __init__(self, module: str, number: int) -> None:
        self.name = "helhed." + module.removesuffix(".py").replace("/", ".")
        self.mutation = (module, number)

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> object:
        if fullname != self.name:
            return None
        spec = PathFinder.find_spec(fullname, path)
        spec.loader = Mutated(fullname, spec.origin, *self.mutation)
        return spec


def family_of(module: str) -> str:
    return next(family for family in TESTS if module.startswith(family))


def verdict(module, number, wanted, limits):
    """What catches the mutant, in this process; and the processor seconds that each of two rounds took.

    `limits`: the seconds that each may take: on the processor, for others use the machine too; on the clock, for who
    waits for what never comes, many times as long. 0 is no limit.
    """
    if number != UNCHANGED:
        sys.meta_path.insert(0, Mutating(module, number))
    family, took = family_of(module), []
    for round_of, limit in ((differs, limits[0]), (fails, limits[1])):
        before = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, limit)
        signal.setitimer(signal.ITIMER_REAL, WAITING * limit)
        if said := round_of(family, wanted):
            return said, took
        took.append(time.process_time() - before)
    return LIVES, took


def differs(family, wanted):
    battery = runpy.run_module("engines.battery")
    for engine in [name for name in ("one", "many") if f"rules/{name}/" in family] or ["one", "many"]:
        seed = battery["first_difference"](engine, wanted)
        if seed is not None:
            return f"{engine} differs on population {seed}"
    return ""


def fails(family, wanted):
    return "" if pytest.main([*PYTEST, *TESTS[family]]) == pytest.ExitCode.OK else "a test fails"


def fork(work, *arguments):
    """Fork a process that does the work; its id, and where to read what the work returned, or that it failed."""
    reading, writing = os.pipe()
    if process := os.fork():
        os.close(writing)
        return process, reading
    with open(os.devnull, "r+b") as nothing:
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)
    said = "an error", []
    with contextlib.suppress(BaseException):
        said = work(*arguments)
    with open(writing, "wb") as out:
        pickle.dump(said, out)
    os._exit(0)


def heard(reading):
    with open(reading, "rb") as source:
        told = source.read()
    return pickle.loads(told) if told else ("it took too long, or too much", [])


def run(mutants, wanted, limits):
    """Yields (module, number, verdict, seconds of the rounds), as many at a time as there are processors."""
    waiting, running = list(mutants)[::-1], {}
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            module, number = waiting.pop()
            process, reading = fork(verdict, module, number, wanted, limits.get(family_of(module), (0, 0)))
            running[process] = module, number, reading
        process, _ = os.wait()
        module, number, reading = running.pop(process)
        yield module, number, *heard(reading)


def main():
    mutants = json.load(sys.stdin)
    process, reading = fork(lambda: runpy.run_module("engines.battery")["expected"]())
    wanted, limits = heard(reading), {}
    os.waitpid(process, 0)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    unchanged = {family_of(module): (module, UNCHANGED) for module, _ in mutants}
    for module, _, said, took in run(unchanged.values(), wanted, {}):
        if said != LIVES:
            sys.exit(f"{module}, unchanged: {said}")
        limits[family_of(module)] = [4 * seconds + 3 for seconds in took]
    for module, number, said, _ in run(mutants, wanted, limits):
        print(json.dumps([module, number, said]), flush=True)


if __name__ == "__main__":
    os.environ["NUMBA_DISABLE_JIT"] = "1"
    numba.config.reload_config()
    hypothesis.settings.register_profile("same", derandomize=True, database=None)
    hypothesis.settings.load_profile("same")
    main()
