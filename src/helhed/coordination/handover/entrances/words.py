"""What states of an attachment are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STATES: dict[str, Promise] = {
    "invited": _("Inviteret, har ikke svaret"),
    "attached": _("Tilknyttet"),
    "declined": _("Har sagt nej tak"),
    "left": _("Ikke tilknyttet længere"),
}
REASONS: dict[str, Promise] = {
    "wish": _("efter eget ønske"),
    "group": _("fordi borgeren ikke er i målgruppen mere"),
    "closed": _("fordi indgangen er lukket"),
    "death": _("fordi borgeren er død"),
    "moved-away": _("fordi borgeren er flyttet fra kommunen"),
}
