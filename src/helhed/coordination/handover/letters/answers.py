"""What the doors of letters answer: frozen values in the reader's language."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from helhed.coordination.handover.letters.wording import Text


@dataclass(frozen=True)
class LetterLine:
    """A letter on the citizen's list. `new`: nobody has opened it yet."""

    id: UUID
    kind: str
    title: str
    lead: str
    sender: str
    at: datetime
    new: bool


@dataclass(frozen=True)
class LetterView:
    """A letter opened. `about`: the hand-over, sanction or entrance it is about; `on_paper`: it was sent on paper."""

    id: UUID
    kind: str
    text: Text
    sender: str
    at: datetime
    read_at: datetime | None
    about: UUID | None
    on_paper: bool


@dataclass(frozen=True)
class SentLetter:
    """A letter to a citizen as staff see it. `state`: "read", "printed", or "written" (it waits to be read or sent); `at`
    which moment that was; `channel`: "portal" or "print"."""

    id: UUID
    text: Text
    sender: str
    written_at: datetime
    channel: str
    state: str
    at: datetime | None


@dataclass(frozen=True)
class QueueRow:
    """A letter that waits to be printed and sent. `unread`: it lies on the citizen's page, but was not opened in time.
    `hidden`: the address is protected."""

    id: UUID
    person_key: UUID
    name: str
    hidden: bool
    title: str
    sender: str
    at: datetime
    unread: bool


@dataclass(frozen=True)
class Queue:
    """The oldest letters that wait, how many wait in all, and how many the reader's unit may no longer send itself: of a long
    queue, as far as it was looked through for the oldest, and the others are counted as waiting."""

    rows: tuple[QueueRow, ...]
    total: int
    elsewhere: int
