"""The bench of the engines: its facts are sound, its peers agree with us, its command runs through. Nothing is timed."""

import json
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from django.db import connections

from helhed.commands import bench_engine
from helhed.commands.engine_bench import citizen, files
from helhed.commands.engine_bench.apart import apart, available, peak
from helhed.commands.engine_bench.data import WINDOW, generate, groups
from helhed.commands.engine_bench.peers import duck, fisca, ranges
from helhed.commands.engine_bench.peers.questions import expressible
from helhed.commands.engine_bench.rows import Row, missed, seconds
from helhed.commands.engine_bench.whole import boundary_events
from helhed.commands.refusal import RefusalError
from helhed.law import catalogue
from helhed.rules import many
from helhed.rules.criteria import AnyChild, AnyParent, AtLeast, Leaf, Not, parts


def leaves(criterion):
    yield criterion
    for part in parts(criterion):
        yield from leaves(part)


@pytest.fixture(scope="module")
def facts():
    return generate(1500, 20_000)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = str(tmp_path_factory.mktemp("facts"))
    files.write(folder, 1500, 20_000)
    return folder


def test_thirty_groups_and_forty_leaves_with_everything_in_them():
    nodes = {
        node for group in groups().values() for version in group.versions for node in leaves(version.criteria)
    }
    kinds = Counter(type(node) for node in nodes)
    assert len(groups()) == 30 and kinds[Leaf] >= 40
    assert {AnyChild, AnyParent, AtLeast, Not} <= kinds.keys()
    assert all(
        any(getattr(n, name, None) for n in nodes) for name in ("within", "lasted", "ending_within", "exact")
    )
    assert sum(len(group.versions) > 1 for group in groups().values()) >= 5


def test_the_facts_are_as_many_as_asked_for_and_of_all_sorts(facts):
    assert (facts.people.num_rows, facts.spells.num_rows) == (1500, 20_000)
    columns = many.read_columns(facts.people, facts.spells, facts.relations)  # refuses what does not fit
    known = catalogue().vocabulary()
    for kind, code, unit in columns.combos:
        assert code in known.codes_of(kind) and (unit is None or unit in known.units)
    units = {unit for _, _, unit in columns.combos}
    assert None in units and "sof/borgercenter-voksne" in units and facts.relations.num_rows > 100
    assert 0 < facts.spells["end"].null_count < 10_000 and facts.people["birth_date"].null_count


def test_the_same_seed_gives_the_same_facts():
    one, other, third = generate(300, 2000), generate(300, 2000), generate(300, 2000, seed=2)
    assert one.spells.equals(other.spells) and one.people.equals(other.people)
    assert not one.spells.equals(third.spells)


def test_every_group_has_somebody(facts):
    found = many.evaluate(
        facts.people, facts.spells, facts.relations, groups(), catalogue().vocabulary(), WINDOW
    )
    assert set(found["group"].to_pylist()) == set(groups())


def test_the_sort_is_of_every_start_and_end(facts):
    keys = boundary_events(facts)
    assert len(keys) == 40_000 and keys.dtype == np.int64
    assert set(keys >> 32) == set(facts.spells["person"].to_pylist())


def test_peers_are_asked_all_but_what_rests_on_a_parent():
    assert set(groups()) - set(expressible(groups())) == {"B06"}


@pytest.mark.skipif(duck.duckdb is None, reason="duckdb is not installed")
def test_duckdb_gives_our_spells(folder):
    told = duck.run(folder)
    assert told["differ"] == 0 and told["rows"] > 5000


@pytest.mark.django_db(databases=["default", "owner"])
def test_postgresql_gives_our_spells(folder):
    with connections["owner"].cursor() as cursor:
        told = ranges.run(cursor, folder)
    assert told["differ"] == 0 and told["rows"] > 5000


@pytest.mark.skipif(fisca.periods is None, reason="openfisca-core is not installed")
def test_openfisca_gives_our_months(folder):
    told = fisca.run(folder)
    assert told["differ"] == 0 and told["compared"] == 2 * 29 * 180 * 1500


@pytest.mark.skipif(citizen.zen is None, reason="zen-engine is not installed")
def test_zen_gives_our_decisions():
    told = citizen.decision(200)
    assert (told["differ"], told["decided"]) == (0, 200)


def test_a_process_apart_answers_and_says_why_not(folder):
    told = apart("helhed.commands.engine_bench.whole:engine", folder=folder, times=1, only=["B24"])
    assert told["rows"] > 0 and told["peak"] >= told["before"]
    with pytest.raises(RefusalError, match="ended with 1: .*No such file"):
        apart("helhed.commands.engine_bench.whole:engine", folder="/nowhere", times=1)
    assert peak() > 10_000_000 and available() >= 0


def test_a_row_knows_whether_its_aim_is_met():
    most, least = Row("a", "", ratio=1.2, aim=("≤", 1.0)), Row("b", "", ratio=12, aim=("≥", 10))
    skipped, told = Row("c", "", aim=("≤", 1.0)), Row("d", "", ratio=5.0)
    assert [row.met for row in (most, least, skipped, told)] == [False, True, None, None]
    assert missed([most, least, skipped, told]) == [most]
    assert [seconds(each) for each in (2.5e-5, 0.0021, 3.14159)] == ["25 µs", "2.1 ms", "3.14 s"]


SMALL = bench_engine.Asked(2000, 20_000, big=False, peers=False)


def rows_of(tmp_path, monkeypatch, asked):
    monkeypatch.setattr(bench_engine, "missed", lambda rows: [])
    bench_engine.run(asked, tmp_path / "rows.json", lambda line: None)
    told = json.loads((tmp_path / "rows.json").read_text())
    assert told["machine"]["cores"] and "engine.evaluate" in told["profile"]
    assert all(row["measured"] or "not installed" in row["note"] for row in told["rows"])
    return " ".join(row["work"] for row in told["rows"])


def test_it_runs_through_and_tells_every_row(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(bench_engine, "_stored", lambda *rest: [])
    told = rows_of(tmp_path, monkeypatch, SMALL)
    assert all(word in told for word in ("all spells", "peak memory", "growth", "with reasons", "decision"))
    shown = capsys.readouterr().out
    assert all(word in shown for word in ("numpy.sort", "skipped"))


@pytest.mark.slow
def test_peers_and_the_store_have_their_rows_too(tmp_path, monkeypatch, django_db_blocker):
    with django_db_blocker.unblock():
        told = rows_of(tmp_path, monkeypatch, replace(SMALL, people=1000, spells=10_000, peers=True))
    assert all(word in told for word in ("OpenFisca-core", "DuckDB", "PostgreSQL", "recount", "workshop"))


def test_a_missed_aim_is_one_sentence(monkeypatch, tmp_path):
    row = Row("walking to the moon", "3 days", ratio=3.0, aim=("≤", 1.0))
    monkeypatch.setattr(bench_engine, "measured", lambda *rest: [row])
    monkeypatch.setattr(bench_engine, "apart", lambda *rest, **more: {"engine.evaluate": 1.0})
    with pytest.raises(RefusalError, match="^1 of the aims are missed: walking to the moon.$"):
        bench_engine.run(bench_engine.Asked())
