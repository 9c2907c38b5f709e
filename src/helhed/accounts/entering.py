"""From a proved identity to a login: which one it is, or why there is none."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from helhed.accounts.actions import ACCESS_MANAGEMENT, Login, appoint, end
from helhed.accounts.doors import CITIZEN, DOORS, STAFF
from helhed.accounts.identity import Identity, NotLetInError
from helhed.accounts.in_force import LIMITS, bring_up_to_date
from helhed.accounts.models import User
from helhed.accounts.privileges import PrivilegeError, Privileges, Rules, parse
from helhed.audit.actions import SYSTEM


class AccessManagement:
    """The municipality's access management, as it stands in the log: it appoints by what it sends at log-in."""

    username = ACCESS_MANAGEMENT
    role = "system"
    unit = ""


def member_of_staff(
    identity: Identity, *, cvr: str, mapping: Rules, known_unit: Callable[[str], bool]
) -> User:
    """One of the staff: by the privileges the provider sends, or else as appointed here under this subject.

    Privileges that came once must come each time: without them the appointment they made is ended.
    Raises NotLetInError: "door", "unknown" (nobody appointed), "ended", "privileges".
    """
    if identity.door != STAFF:
        raise NotLetInError("door")
    try:
        read = _read(identity, cvr, mapping, known_unit) if identity.privileges else None
        return _appointed(identity, read)
    except NotLetInError as refusal:
        if refusal.code == "privileges":
            _lose_privileges(identity)
        raise


@transaction.atomic
def _appointed(identity: Identity, read: Privileges | None) -> User:
    user = User.objects.select_for_update().filter(subject=identity.key).first()
    if user and user.role not in DOORS[STAFF]:
        raise NotLetInError("door")
    if read:
        return _by_claims(user, identity, read)
    if user is None:
        raise NotLetInError("unknown")
    if not _by_hand(user):
        raise NotLetInError("privileges", "none were sent, though this login rests on them")
    if not bring_up_to_date(user).appointed(timezone.localdate()):
        raise NotLetInError("ended")
    return user


@transaction.atomic
def citizen(identity: Identity, person_key: UUID | None) -> User:
    """A citizen in the own matter, bound to one person. Raises NotLetInError: "door", "number" (nobody has it)."""
    if identity.door != CITIZEN:
        raise NotLetInError("door")
    if person_key is None:
        raise NotLetInError("number")
    return _private(identity, "citizen", person_key)


@transaction.atomic
def representative(identity: Identity, own_person: UUID | None) -> User:
    """The same door, the same proof, and another login: one who comes for somebody else. `own_person`: who they are in the
    register, where it knows them; it opens nothing, and tells that a mandate's holder has died."""
    if identity.door != CITIZEN:
        raise NotLetInError("door")
    return _private(replace(identity, door="representative"), "representative", None, own_person)


def _lose_privileges(identity: Identity) -> None:
    """No privileges came that can be kept: end the appointment that earlier ones made, if there is one."""
    user = User.objects.filter(subject=identity.key, is_active=True).first()
    if user and user.role in DOORS[STAFF] and not _by_hand(user):
        end(by=AccessManagement, username=user.username)


def _read(identity: Identity, cvr: str, mapping: Rules, known_unit: Callable[[str], bool]) -> Privileges:
    try:
        read = parse(identity.privileges, cvr=cvr, mapping=mapping)
    except PrivilegeError as error:
        raise NotLetInError("privileges", str(error)) from None
    if read.unit and not known_unit(read.unit):
        raise NotLetInError("privileges", "The unit is not in the catalogue.")
    return read


def _by_claims(user: User | None, identity: Identity, read: Privileges) -> User:
    """Appoint anew where the privileges differ from what is in force."""
    limits = {field: getattr(read, field) for field in LIMITS}
    in_force = user is not None and bring_up_to_date(user).appointed(timezone.localdate())
    if in_force and not _by_hand(user) and all(getattr(user, f) == value for f, value in limits.items()):
        return user
    username = user.username if user else identity.username
    login = Login(username, identity.name or username, subject=identity.key, **limits)
    return appoint(by=AccessManagement, login=login, password=None)


def _by_hand(user: User) -> bool:
    """True when the newest appointment was made here and not by the provider's claims."""
    newest = user.appointments.order_by("id").last()
    return newest is None or newest.made_by != ACCESS_MANAGEMENT


def _private(identity: Identity, role: str, person_key: UUID | None, own_person: UUID | None = None) -> User:
    """The login of this subject in this role; made at the first log-in, without a password."""
    user = User.objects.select_for_update().filter(subject=identity.key).first()
    if user is None:
        who = {"person_key": person_key, "own_person": own_person, "subject": identity.key}
        login = Login(identity.username, identity.name, role, **who)
        return appoint(by=SYSTEM, login=login, password=None)
    if user.role != role:
        raise NotLetInError("door")
    if not user.appointed(timezone.localdate()):
        raise NotLetInError("ended")
    told = (person_key, own_person, identity.name or user.name)
    if (user.person_key, user.own_person, user.name) != told:
        user.person_key, user.own_person, user.name = told
        user.save(update_fields=["person_key", "own_person", "name"])
    return user
