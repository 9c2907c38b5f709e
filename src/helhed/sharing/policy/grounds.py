"""The legal grounds of the rules, as data: what they are called, where they stand in the law, and who has checked that."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "grounds.yaml"
FIELDS = {"law", "source", "checked_by", "checked_on"}


@dataclass(frozen=True)
class Ground:
    """A ground by its key. `checked_by` and `checked_on` are empty until a lawyer has confirmed it."""

    key: str
    label_da: str
    label_en: str
    law: str
    reference_da: str
    reference_en: str
    source: str
    checked_by: str
    checked_on: str

    @property
    def checked(self) -> bool:
        """Whether somebody has confirmed it, and when."""
        return bool(self.checked_by and self.checked_on)

    def label(self, language: str) -> str:
        """The name in `da` or `en`."""
        return self.label_en if language == "en" else self.label_da

    def reference(self, language: str) -> str:
        """The provisions in `da` or `en`: the same signs, and what is said of them in words."""
        return self.reference_en if language == "en" else self.reference_da


@cache
def grounds() -> dict[str, Ground]:
    """Every ground by its key, in the order of the file. ValueError where one lacks a field or has one too many."""
    return {key: _ground(key, entry) for key, entry in yaml.safe_load(FILE.read_text()).items()}


def _ground(key: str, entry: dict[str, Any]) -> Ground:
    said = {name: _in_both(entry.pop(name, None)) for name in ("label", "reference")}
    if set(entry) != FIELDS or None in said.values():
        raise ValueError(
            f"grounds.yaml: {key} needs exactly label and reference (text, or da and en), {', '.join(sorted(FIELDS))}"
        )
    words = {f"{name}_{language}": text for name, both in said.items() for language, text in both.items()}
    return Ground(key, **words, **{name: str(value) for name, value in entry.items()})


def _in_both(said: Any) -> dict[str, str] | None:
    """A text in both languages; one text is the same in both. None where it is neither."""
    if isinstance(said, str):
        return {"da": said, "en": said}
    return said if isinstance(said, dict) and set(said) == {"da", "en"} else None
