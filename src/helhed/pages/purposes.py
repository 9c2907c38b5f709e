"""What a look is for: the purposes of the sharing policy in words, and the purpose a viewer last gave for a citizen."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "sagsbehandling": _("Sagsbehandling i egen sag"),
    "koordinering": _("Koordinering med den anden forvaltning"),
}
EMERGENCY = "noedadgang"
DEFAULT = "sagsbehandling"
KEPT = "purposes"
LASTS = timedelta(minutes=30)


def label(purpose: str) -> str:
    """A purpose in words: those one chooses, and the emergency, which is opened."""
    return str(_("Nødadgang") if purpose == EMERGENCY else WORDS[purpose])


def remember(session: SessionBase, person: UUID, purpose: str, until: datetime | None = None) -> None:
    """Keep the purpose given for a citizen for half an hour, or until a moment; looks in that time are logged under it."""
    now = timezone.now()
    kept = {key: entry for key, entry in session.get(KEPT, {}).items() if entry[1] > now.timestamp()}
    kept[str(person)] = [purpose, (until or now + LASTS).timestamp()]
    session[KEPT] = kept


def given(session: SessionBase, person: UUID) -> str:
    """The purpose given for a citizen within the last half hour; empty where none was given."""
    purpose, until = session.get(KEPT, {}).get(str(person), ("", 0))
    return purpose if until > timezone.now().timestamp() else ""


def forget(session: SessionBase, person: UUID) -> None:
    """Let the purpose given for a citizen go; the next look asks again."""
    session[KEPT] = {key: entry for key, entry in session.get(KEPT, {}).items() if key != str(person)}
