"""`python -m helhed`: what the launcher runs."""

import sys

from helhed.project.entry import main

if __name__ == "__main__":
    sys.exit(main())
