"""An act that cannot be done, told in one sentence."""


class Refused(Exception):
    """The act cannot be done; the text is one sentence in the reader's language that says why and what to do."""

    @property
    def reason(self) -> str:
        """The sentence."""
        return str(self)
