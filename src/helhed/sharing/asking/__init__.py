"""Asking for consent and answering it, giving mandates and taking them back: the doors pages use, for citizens and staff."""
