"""How a command says no."""


class RefusalError(Exception):
    """One sentence for the one at the keyboard: what is wrong, where, what to do."""
