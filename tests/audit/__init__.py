"""The log: appended to, sealed, proven."""
