"""Groups of a file or a folder, in one namespace, with the catalogue's groups behind them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from helhed.commands.exchange.csv_files import line
from helhed.commands.exchange.faults import refused
from helhed.law import Catalogue, catalogue
from helhed.rules.criteria import AnyChild, AnyParent, Criterion, Group, GroupRef, parts
from helhed.rules.reading import Reader
from helhed.rules.references import references
from helhed.rules.vocabulary import Vocabulary
from helhed.rules.yaml_lines import Node, read_yaml


@dataclass(frozen=True)
class Asked:
    """The groups asked for: `keys` those of the files; `groups` with the ones of the catalogue they lead to."""

    keys: tuple[str, ...]
    groups: Mapping[str, Group]
    law: Catalogue

    @property
    def vocabulary(self) -> Vocabulary:
        return self.law.vocabulary()

    def label(self, kind: str, code: str, language: str) -> str:
        """The name of a code, unit or group; the files' groups by their own label, or by their key."""
        if kind != "group" or code not in self.keys:
            return self.law.label(kind, code, language)
        labels = self.groups[code].label
        return labels.get(language) or next(iter(labels.values()), code)


def read_asked(path: Path, law_folder: Path | None) -> Asked:
    """The groups of a YAML file or of every one in a folder. CriteriaError or FileFaultError if they cannot be used.

    They may refer to the catalogue's groups. A key in the files stands for the files' group wherever it is
    named, also in the catalogue's own groups.
    """
    law = _law(law_folder)
    reader = Reader(law.vocabulary())
    for root in _roots(path):
        for node in root.items() if isinstance(root.value, list) else [root]:
            reader.add(node)
    everything = {**law.groups(), **reader.groups}
    reader.check(everything)
    return Asked(tuple(reader.groups), reached(reader.groups, everything), law)


def reached(keys: Iterable[str], groups: Mapping[str, Group]) -> dict[str, Group]:
    """The groups of these keys and all they refer to."""
    found: dict[str, Group] = {}
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found[key] = groups[key]
            waiting.extend(
                other for version in groups[key].versions for other in references(version.criteria)
            )
    return found


def steps_to_relatives(keys: Iterable[str], groups: Mapping[str, Group]) -> int:
    """How many relations away a person may be who matters for these groups; 0 if no relation is asked for."""

    def steps(criterion: Criterion) -> int:
        if isinstance(criterion, GroupRef):
            return of_group(criterion.key)
        further = max((steps(part) for part in parts(criterion)), default=0)
        return further + isinstance(criterion, AnyChild | AnyParent)

    def of_group(key: str) -> int:
        if key not in known:
            known[key] = max(steps(version.criteria) for version in groups[key].versions)
        return known[key]

    known: dict[str, int] = {}
    return max((of_group(key) for key in keys), default=0)


def _law(folder: Path | None) -> Catalogue:
    if folder is not None and not folder.is_dir():
        raise refused(folder, "Mappen findes ikke. Ret stien.", "The folder is not there. Correct the path.")
    return catalogue(folder)


def _roots(path: Path) -> Iterable[Node]:
    """The one document of each file."""
    if path.is_dir():
        files = sorted(
            file for file in path.rglob("*") if file.suffix in (".yaml", ".yml") and file.is_file()
        )
        if not files:
            raise refused(
                path,
                "Her er ingen YAML-filer. Læg grupperne i filer, der ender på .yaml.",
                "There are no YAML files here. Put the groups into files that end in .yaml.",
            )
    else:
        files = [path]
    for file in files:
        yield read_yaml(_text(file), str(file))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise refused(
            file, "Filen findes ikke. Ret stien.", "The file is not there. Correct the path."
        ) from None
    except UnicodeDecodeError as error:
        raise refused(
            file,
            "Filen er ikke gemt som UTF-8. Gem den som UTF-8.",
            "The file is not saved as UTF-8. Save it as UTF-8.",
            line(error.object[: error.start].count(b"\n") + 1),
        ) from None
