"""The legal grounds of the rules, as data: what they are called, where they stand in the law, and who has checked that."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "grounds.yaml"
FIELDS = {"label", "law", "reference", "source", "checked_by", "checked_on"}


@dataclass(frozen=True)
class Ground:
    """A ground by its key. `checked_by` and `checked_on` are empty until a lawyer has confirmed it."""

    key: str
    label_da: str
    label_en: str
    law: str
    reference: str
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


@cache
def grounds() -> dict[str, Ground]:
    """Every ground by its key, in the order of the file. ValueError where one lacks a field or has one too many."""
    read = yaml.safe_load(FILE.read_text())
    found = {}
    for key, entry in read.items():
        if set(entry) != FIELDS or set(entry["label"]) != {"da", "en"}:
            raise ValueError(
                f"grounds.yaml: {key} needs exactly {', '.join(sorted(FIELDS))}; label in da and en"
            )
        label = entry.pop("label")
        found[key] = Ground(
            key, label["da"], label["en"], **{name: str(value) for name, value in entry.items()}
        )
    return found
