"""The citizen's timeline as one picture: window (which days), bars (one spell), lanes, groups, picture (all of it)."""
