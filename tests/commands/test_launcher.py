"""The launcher: what is set up is skipped, what is broken is made again, what is somebody else's is left alone."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parents[2]


@pytest.fixture
def launcher(tmp_path):
    """The launcher in a checkout of its own, with locks and nothing else."""
    for name in ("helhed", "package-lock.json", *(file.name for file in BASE.glob("requirements*.lock"))):
        shutil.copy(BASE / name, tmp_path)
    (tmp_path / "tests" / "node").mkdir(parents=True)
    shutil.copy(BASE / "tests" / "node" / "package-lock.json", tmp_path / "tests" / "node")
    loader = SourceFileLoader("launcher", str(tmp_path / "helhed"))
    module = module_from_spec(spec_from_loader("launcher", loader))
    loader.exec_module(module)
    return module


@pytest.fixture
def ready(launcher, monkeypatch):
    """The same, with an environment set up by the launcher; pip is not asked."""

    def install(lock):
        (launcher.VENV / "bin").mkdir(parents=True, exist_ok=True)
        launcher.PYTHON.unlink(missing_ok=True)
        launcher.PYTHON.symlink_to(sys.executable)
        (launcher.VENV / "lib" / "python3.11" / "site-packages").mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(launcher, "install_with_pip", install)
    monkeypatch.setattr(launcher.shutil, "which", lambda name: None)
    launcher.packages_step(developer=False)[1]()
    return launcher


def is_ready(launcher, developer=False) -> bool:
    return launcher.packages_step(developer=developer)[0]()


def test_nothing_is_ready_in_a_fresh_checkout(launcher):
    assert not is_ready(launcher)
    assert not launcher.npm_is_ready(launcher.DESIGN_SYSTEM[0])
    assert not launcher.npm_is_ready(launcher.TEST_PACKAGES[0])
    assert launcher.messages_are_ready(), "no translations, nothing to compile"


def test_set_up_once_is_ready_and_puts_the_source_on_the_path(ready):
    assert is_ready(ready)
    (path_file,) = ready.VENV.rglob("*.pth")
    assert path_file.read_text().strip() == str(ready.BASE / "src")


def test_developers_need_more(ready):
    assert not is_ready(ready, developer=True)
    ready.packages_step(developer=True)[1]()
    assert is_ready(ready, developer=True) and is_ready(ready), "the developers' environment serves for both"


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("test", []),
        ("test --all", ["spark", "bench"]),
        ("evaluate --engine local", []),
        ("evaluate --engine spark", ["spark"]),
        ("evaluate --engine=spark", ["spark"]),
        ("bench engine", ["bench"]),
        ("bench engine --no-peers", []),
        ("bench import", []),
        ("demo", []),
        ("", []),
    ],
)
def test_extras_are_fetched_for_those_who_ask(launcher, line, wanted):
    assert launcher.extras(line.split()) == wanted


@pytest.mark.parametrize("name", ["spark", "bench"])
def test_an_extra_comes_on_top_and_is_remembered(ready, name):
    is_there, fetch = ready.extra_step(name)
    assert not is_there()
    fetch()
    assert is_there() and is_ready(ready), "the rest is as it was"
    (ready.BASE / f"requirements-{name}.lock").write_text("pyspark==4.3.99")
    assert not ready.extra_step(name)[0]()


def test_the_locks_agree():
    """What goes on top of another lock leaves that lock's packages as they are."""
    pinned = {
        name: dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (BASE / f"requirements{name}.lock").read_text(), re.M))
        for name in ("", "-dev", "-spark", "-bench")
    }
    for extra in ("-spark", "-bench"):
        on_top = pinned[extra]
        for name, below in pinned.items():
            assert not {each for each in on_top.keys() & below.keys() if on_top[each] != below[each]}, (
                extra,
                name,
            )


def test_a_changed_lock_is_noticed(ready):
    (ready.BASE / "requirements.lock").write_text("django==5.2.99")
    assert not is_ready(ready)


def test_an_interrupted_set_up_is_made_again(ready):
    ready.MAKING.touch()
    rubbish = ready.VENV / "half-installed"
    rubbish.touch()
    assert not is_ready(ready)
    ready.packages_step(developer=False)[1]()
    assert is_ready(ready) and not rubbish.exists()


def test_a_moved_checkout_is_made_again(ready):
    known = json.loads(ready.READY.read_text())
    ready.READY.write_text(json.dumps(known | {"base": "/elsewhere"}))
    assert not is_ready(ready)


def test_another_python_is_noticed(ready):
    ready.PYTHON.unlink()
    ready.PYTHON.symlink_to("/bin/sh")
    assert not is_ready(ready)


def test_an_environment_made_by_hand_is_kept(launcher, monkeypatch):
    (launcher.VENV / "bin").mkdir(parents=True)
    launcher.PYTHON.symlink_to(sys.executable)
    mine = launcher.VENV / "mine"
    mine.touch()
    monkeypatch.setattr(launcher, "install_with_pip", lambda lock: None)
    monkeypatch.setattr(launcher.shutil, "which", lambda name: None)
    launcher.packages_step(developer=False)[1]()
    assert mine.exists()


def test_a_folder_that_is_no_environment_is_refused(launcher):
    launcher.VENV.mkdir()
    with pytest.raises(launcher.RefusedError, match="not an environment helhed can use"):
        launcher.packages_step(developer=False)[1]()


def test_a_python_without_venv_gets_one_sentence(launcher, monkeypatch):
    monkeypatch.setattr(launcher.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(launcher.shutil, "which", lambda name: None)
    with pytest.raises(launcher.RefusedError, match=r"apt-get install python3\.\d+-venv"):
        launcher.packages_step(developer=False)[1]()


def test_a_failing_step_shows_its_last_words(launcher, capsys):
    program = "print('no such package'); raise SystemExit(1)"
    with pytest.raises(launcher.RefusedError, match="Packages failed"):
        launcher.run(launcher.Step("Packages"), [sys.executable, "-c", program])
    assert "no such package" in capsys.readouterr().err


def test_without_npm_and_without_the_wheel_there_is_one_sentence(ready, monkeypatch):
    monkeypatch.setattr(ready, "pip_install", lambda: [sys.executable, "-c", "raise SystemExit(1)"])
    with pytest.raises(ready.RefusedError, match="Install npm, or make the package registry reachable"):
        ready.fetch_with_npm(*ready.DESIGN_SYSTEM)
    assert not (ready.VENV / "node").exists()


@pytest.mark.parametrize("name", ["DESIGN_SYSTEM", "TEST_PACKAGES"])
def test_npm_packages_are_known_by_their_lock(launcher, name):
    folder = getattr(launcher, name)[0]
    lock = json.loads((folder / "package-lock.json").read_text())
    (folder / "node_modules").mkdir()
    mark = folder / "node_modules" / ".package-lock.json"
    installed = {name: entry for name, entry in lock["packages"].items() if name}
    mark.write_text(json.dumps(lock | {"packages": installed}))
    assert launcher.npm_is_ready(folder)
    next(iter(installed.values()))["version"] = "0.0.1"
    mark.write_text(json.dumps(lock | {"packages": installed}))
    assert not launcher.npm_is_ready(folder)


@pytest.mark.parametrize(
    ("command", "fetched"),
    [("demo", ["Design system"]), ("test", ["Design system", "Packages of the tests"]), ("law", [])],
)
def test_only_the_tests_fetch_their_npm_packages(launcher, monkeypatch, command, fetched):
    titles = []
    monkeypatch.setattr(launcher, "packages_step", lambda developer: (lambda: True, lambda: None))
    monkeypatch.setattr(launcher, "fetch_with_npm", lambda folder, title: titles.append(title))
    monkeypatch.setattr(launcher.os, "execv", lambda *arguments: None)
    launcher.main([command])
    assert titles == fetched


def test_npm_fetches_into_the_folder_of_the_lock(launcher, monkeypatch):
    commands = []
    monkeypatch.setattr(launcher, "run", lambda step, command: commands.append(command))
    launcher.npm_ci(["npm"], *launcher.TEST_PACKAGES)
    (command,) = commands
    assert command[:4] == ["npm", "ci", "--prefix", launcher.BASE / "tests" / "node"]
    assert "--ignore-scripts" in command


def test_the_npm_locks_name_exact_versions_and_no_registry():
    for folder in (BASE, BASE / "tests" / "node"):
        text = (folder / "package-lock.json").read_text()
        wanted = json.loads((folder / "package.json").read_text())["dependencies"]
        packages = json.loads(text)["packages"]
        assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
        assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
        assert all("integrity" in entry for name, entry in packages.items() if name)
        assert "://" not in re.sub(r'"url": "[^"]*"', "", text)


def test_two_starts_do_not_build_into_each_other(launcher):
    program = (
        "import sys, time, os, fcntl; f = os.open(sys.argv[1], os.O_RDONLY); fcntl.flock(f, fcntl.LOCK_EX);"
        "print('held', flush=True); sys.stdin.readline(); open(sys.argv[1] + '/first-done', 'w')"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, launcher.BASE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as first:
        assert first.stdout.readline() == "held\n"
        first.stdin.write("\n")
        first.stdin.flush()
        with launcher.only_one():
            assert (launcher.BASE / "first-done").exists()


def test_an_old_python_gets_one_sentence(tmp_path):
    """The part that old Pythons read uses nothing they do not know; only the version is pretended here."""
    text = (BASE / "helhed").read_text().replace("sys.version_info < (3, 11)", "True", 1)
    (tmp_path / "helhed").write_text(text)
    done = subprocess.run(
        [sys.executable, tmp_path / "helhed"], env={"PATH": ""}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and done.stderr.startswith("helhed needs Python 3.11 or newer")


def test_the_launcher_can_be_run():
    assert os.access(BASE / "helhed", os.X_OK)
