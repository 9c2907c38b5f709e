"""What is said when a criterion, a vocabulary, a file or a fact is refused: one sentence in each language."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence, in Danish and in English."""

    da: str
    en: str

    def __str__(self) -> str:
        return self.en


class RefusedError(ValueError):
    """A value that cannot exist, or facts that cannot be evaluated. `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.en)
        self.message = message


class CriteriaError(ValueError):
    """A file that cannot be read. `file` and `line` (from 1) say where, `message` what is wrong."""

    def __init__(self, file: str, line: int, message: Message) -> None:
        super().__init__(f"{file}, line {line}: {message.en}")
        self.file = file
        self.line = line
        self.message = message

    def text(self, language: str) -> str:
        """The whole sentence, with file and line, in `da` or `en`."""
        if language == "da":
            return f"{self.file}, linje {self.line}: {self.message.da}"
        return str(self)


def unknown_name(what: tuple[str, str], name: str, known: Iterable[str]) -> Message:
    """That a name is unknown, and the nearest known one. `what` is its noun in Danish and English."""
    known = sorted(known)
    noun_da, noun_en = what
    near = get_close_matches(name, known, n=1, cutoff=0.5) or _same_last_part(name, known)
    if near:
        da, en = f"Mente du »{near[0]}«?", f'Did you mean "{near[0]}"?'
    elif 0 < len(known) <= 12:
        da, en = f"Kendte: {', '.join(known)}.", f"Known: {', '.join(known)}."
    else:
        da, en = f"Ret navnet, eller tilføj {noun_da}.", f"Correct the name, or add the {noun_en}."
    return Message(f"Ukendt {noun_da} »{name}«. {da}", f'Unknown {noun_en} "{name}". {en}')


def _same_last_part(name: str, known: list[str]) -> list[str]:
    """The known names that end as this one does: `hjemloeseenheden` for `sof/…/hjemloeseenheden`."""
    last = name.rsplit("/", 1)[-1]
    return [path for path in known if path.rsplit("/", 1)[-1] == last]
