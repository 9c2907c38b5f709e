"""What `helhed bench hatch` measures: decisions, lists, and the sealing of the log."""
