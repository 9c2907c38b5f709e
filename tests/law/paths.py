"""Where the catalogue and its schema are."""

from helhed.law import FOLDER

CATALOGUE = FOLDER
SCHEMA = FOLDER.parent / "schema.json"
