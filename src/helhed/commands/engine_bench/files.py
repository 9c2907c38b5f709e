"""The made-up facts on disk, so that a measuring process holds nothing but them and what it measures."""

from pathlib import Path

import pyarrow as pa
from pyarrow import feather

from helhed.commands.engine_bench.data import Facts, generate

_TABLES = ("people", "spells", "relations")


def write(folder: str, people: int, spells: int) -> dict[str, int]:
    """Make facts and lay them in the folder; answers how many there are of each."""
    facts = generate(people, spells)
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name in _TABLES:
        feather.write_feather(getattr(facts, name), f"{folder}/{name}.arrow", compression="uncompressed")
    return {name: getattr(facts, name).num_rows for name in _TABLES}


def read(folder: str) -> Facts:
    """The facts of a folder, in memory."""
    return Facts(*(_read(f"{folder}/{name}.arrow") for name in _TABLES))


def _read(path: str) -> pa.Table:
    return feather.read_table(path, memory_map=False)
