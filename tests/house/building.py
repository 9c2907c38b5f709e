"""The house as the tests of this folder read it: its files, functions and rooms."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
PACKAGE = BASE / "src" / "helhed"
NOT_OURS = {".git", ".venv", "node_modules", "data", "__pycache__"}


@dataclass(frozen=True)
class Function:
    """A function of the product: where it stands, how long it is from `def` to its end, and its tree."""

    where: str
    lines: int
    node: ast.FunctionDef | ast.AsyncFunctionDef


def sources() -> list[Path]:
    """Every Python file of the product except migrations, and the launcher."""
    files = [file for file in sorted(PACKAGE.rglob("*.py")) if "migrations" not in file.parts]
    return [*files, BASE / "helhed"]


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(), str(file))


def functions_of(file: Path) -> Iterator[Function]:
    """Functions and methods of a file, nested ones too."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            where = f"{file.relative_to(BASE)}:{node.lineno} {node.name}"
            yield Function(where, (node.end_lineno or node.lineno) - node.lineno + 1, node)


def rooms() -> list[Path]:
    """The folders of the staircase, and the rooms inside coordination, that hold more than their name."""
    floors = [folder for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists()]
    inner = [folder for folder in (PACKAGE / "coordination").iterdir() if (folder / "__init__.py").exists()]
    full = [
        folder for folder in floors + inner if len([f for f in folder.iterdir() if f.suffix == ".py"]) > 1
    ]
    return sorted(full)


def texts() -> list[Path]:
    """Every text file that is or would be committed."""
    if (BASE / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(command, cwd=BASE, capture_output=True, text=True, check=True).stdout.split(
            "\0"
        )
        files = [BASE / name for name in names if name]
    else:
        files = [file for file in BASE.rglob("*") if not NOT_OURS & set(file.relative_to(BASE).parts)]
    return [file for file in files if file.is_file() and is_text(file)]


def is_text(file: Path) -> bool:
    with file.open("rb") as stream:
        return b"\0" not in stream.read(4096)
