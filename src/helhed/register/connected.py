"""Which sources are connected. Those of the two case systems lie in `sources/`; a further one is one more mapping file in
the folder `sources` of the data folder."""

from functools import cache
from pathlib import Path

from django.conf import settings

from helhed.law import catalogue
from helhed.register.mapping import SourceMapping
from helhed.register.mapping_files import read_mapping
from helhed.rules.errors import CriteriaError, Message, RefusedError, unknown_name

OWN_SOURCES = Path(__file__).parent / "sources"


def mappings() -> dict[str, SourceMapping]:
    """Every source that can deliver, by key. A mapping file that cannot be used is left out; `mapping_of` says why."""
    return _read_all(_files())[0]


def mapping_of(source: str) -> SourceMapping:
    """The mapping of a source. RefusedError with the nearest known name if there is none; CriteriaError with file and
    line if there is none among the mapping files that can be used, and one cannot."""
    known, wrong = _read_all(_files())
    if source in known:
        return known[source]
    if wrong:
        raise wrong[0]
    raise RefusedError(unknown_name(("kilde", "source"), source, known))


def _files() -> tuple[tuple[Path, int], ...]:
    """The mapping files, and when each was last written."""
    paths = [*OWN_SOURCES.glob("*.yaml"), *Path(settings.DATA_FOLDER, "sources").glob("*.yaml")]
    return tuple(sorted((path, path.stat().st_mtime_ns) for path in paths))


@cache
def _read_all(files: tuple[tuple[Path, int], ...]) -> tuple[dict[str, SourceMapping], list[CriteriaError]]:
    found: dict[str, SourceMapping] = {}
    wrong: list[CriteriaError] = []
    for path, _ in files:
        try:
            mapping = read_mapping(path.read_text(encoding="utf-8"), path.name, catalogue().vocabulary())
            if mapping.source in found:
                raise CriteriaError(path.name, 1, _described_twice(mapping.source))
            found[mapping.source] = mapping
        except CriteriaError as error:
            wrong.append(error)
        except (OSError, UnicodeDecodeError):
            wrong.append(CriteriaError(path.name, 1, _UNREADABLE))
    return found, wrong


_UNREADABLE = Message(
    "Filen kan ikke læses som UTF-8. Gem den i UTF-8, og giv adgang til den.",
    "The file cannot be read as UTF-8. Save it in UTF-8 and give access to it.",
)


def _described_twice(source: str) -> Message:
    return Message(
        f"Kilden »{source}« er allerede beskrevet i en anden fil. Behold den ene.",
        f'The source "{source}" is already described in another file. Keep one of them.',
    )
