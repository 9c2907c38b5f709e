"""What a place outside answers."""


class NotTaken(Exception):
    """The head was not taken. `refused`: the place answered, and says that the log contradicts what it has seen."""

    def __init__(self, words: str, *, refused: bool = False) -> None:
        super().__init__(words)
        self.refused = refused
