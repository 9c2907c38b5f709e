"""How a file is refused: one sentence with the file, the line or row, and what to do, in Danish or English."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from helhed.commands.refusal import RefusalError
from helhed.rules.errors import CriteriaError, Message, RefusedError


class FileFaultError(ValueError):
    """A file that cannot be used. `at` is the place in it (`linje 7`, `row 7`), None for the file as a whole."""

    def __init__(self, file: Path, message: Message, at: Message | None = None) -> None:
        self.file, self.message, self.at = file, message, at
        super().__init__(self.text("en"))

    def text(self, language: str) -> str:
        """The whole sentence in `da` or `en`."""
        place = f"{self.file}" if self.at is None else f"{self.file}, {getattr(self.at, language)}"
        return f"{place}: {getattr(self.message, language)}"


def refused(file: Path, da: str, en: str, at: Message | None = None) -> FileFaultError:
    """The same from its two sentences, to be raised."""
    return FileFaultError(file, Message(da, en), at)


@contextlib.contextmanager
def told_in(language: str) -> Iterator[None]:
    """Turn whatever the block refuses into the command's refusal, in the language asked for."""
    try:
        yield
    except (FileFaultError, CriteriaError) as fault:
        raise RefusalError(fault.text(language)) from None
    except RefusedError as refusal:
        raise RefusalError(getattr(refusal.message, language)) from None
