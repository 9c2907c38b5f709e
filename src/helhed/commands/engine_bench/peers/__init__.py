"""The same questions put to other engines, each in the best way we know, with answers held against ours."""
