"""What `helhed bench engine` measures, row by row, and the made-up facts it measures on."""
