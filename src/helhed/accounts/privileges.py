"""Roles and limits from Fælleskommunal Adgangsstyring: the OIO Basic Privilege Profile, read strictly.

The profile is an XML list, mostly base64 in one claim: groups of privileges, each within a scope (the authority's CVR
number) and narrowed by constraints. What is not understood and would narrow, is refused; what is not ours, gives nothing.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError  # nosec B405 - names of types; defusedxml reads

import yaml
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from helhed.accounts.roles import STAFF_ROLES

NAMESPACES = (
    "http://itst.dk/oiosaml/basic_privilege_profile",
    "http://digst.dk/oiosaml/basic_privilege_profile",
)
SCOPE = "urn:dk:gov:saml:cvrNumberIdentifier:"
CONSTRAINT = "http://sts.kombit.dk/constraints/"
KLE = re.compile(r"\d{2}(\.\d{2}){0,2}(\.\*)?|\*")
LARGEST = 64 * 1024
IN_A_UNIT = frozenset({"caseworker", "leader"})


class PrivilegeError(ValueError):
    """Privileges that give no access; `args[0]` is one sentence for the log, without personal data."""


@dataclass(frozen=True)
class Rules:
    """What the municipality's names mean here."""

    roles: Mapping[str, str]
    rights: Mapping[str, str]
    units: Mapping[str, str]
    kle: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Privileges:
    """A role and its limits, as an appointment has them. Without a clearance in the list it is 0, the lowest."""

    role: str
    administration: str = ""
    unit: str = ""
    clearance: int = 0
    vip: bool = False
    protected_address: bool = False


@cache
def rules(file: Path | None = None) -> Rules:
    """Read the mapping, from the municipality's own file or from the one that comes with helhed.

    Raises PrivilegeError naming the file where it is not a mapping of this kind.
    """
    file = file or Path(__file__).with_name("privileges.yaml")
    try:
        text = yaml.safe_load(file.read_text(encoding="utf-8"))
        kle = {side: tuple(map(str, groups)) for side, groups in text["kle"].items()}
        mapping = Rules(dict(text["roles"]), dict(text["rights"]), dict(text["units"]), kle)
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise PrivilegeError(f"{file}: not a mapping of privileges ({type(error).__name__}).") from None
    unknown = set(mapping.roles.values()) - STAFF_ROLES
    unknown |= set(mapping.rights.values()) - {"vip", "protected_address"} | set(kle) - {"bif", "sof"}
    if unknown:
        raise PrivilegeError(f"{file}: unknown {', '.join(sorted(map(str, unknown)))}.")
    return mapping


def parse(text: str, *, cvr: str, mapping: Rules | None = None) -> Privileges:
    """From the claim (base64 or plain XML) to one role with its limits. Raises PrivilegeError."""
    mapping = mapping or rules()
    found = {each for group in _groups(_tree(text)) if (each := _of_group(group, cvr, mapping))}
    roles = {each for each in found if each.role}
    if not roles:
        raise PrivilegeError("The list gives no role in helhed.")
    if len(roles) > 1:
        raise PrivilegeError("The list gives more than one role, or one role with different limits.")
    (one,) = roles
    rights = {right for each in found for right in ("vip", "protected_address") if getattr(each, right)}
    return Privileges(
        one.role,
        one.administration,
        one.unit,
        one.clearance,
        vip="vip" in rights,
        protected_address="protected_address" in rights,
    )


def _tree(text: str) -> Element:
    text = text.strip()
    if len(text) > LARGEST:
        raise PrivilegeError("The list is larger than any list of privileges.")
    try:
        xml = (
            text.encode() if text.startswith("<") else base64.b64decode("".join(text.split()), validate=True)
        )
        root = fromstring(xml, forbid_dtd=True)
    except (binascii.Error, ValueError, ParseError, DefusedXmlException, LookupError) as error:
        raise PrivilegeError(f"The list cannot be read ({type(error).__name__}).") from None
    if root.tag not in {f"{{{name}}}PrivilegeList" for name in NAMESPACES}:
        raise PrivilegeError("The list is not an OIO Basic Privilege Profile.")
    return root


def _groups(root: Element) -> list[Element]:
    if any(_name(each) != "PrivilegeGroup" for each in root):
        raise PrivilegeError("The list holds something else than groups of privileges.")
    return list(root)


def _name(element: Element) -> str:
    """The element's name where it stands in the profile's namespace or in none."""
    namespace, _, name = str(element.tag).rpartition("}")
    return name if namespace.removeprefix("{") in {"", *NAMESPACES} else ""


def _of_group(group: Element, cvr: str, mapping: Rules) -> Privileges | None:
    """What one group gives; None for roles of another system."""
    if group.get("Scope") != SCOPE + cvr:
        raise PrivilegeError("A group of privileges belongs to another authority.")
    if any(_name(each) not in {"Privilege", "Constraint"} for each in group):
        raise PrivilegeError("A group holds something else than privileges and constraints.")
    names = {(each.text or "").strip() for each in group if _name(each) == "Privilege"}
    roles = {mapping.roles[name] for name in names if name in mapping.roles}
    rights = {mapping.rights[name] for name in names if name in mapping.rights}
    if not roles and not rights:
        return None
    if len(roles) > 1:
        raise PrivilegeError("One group gives two roles.")
    limits = _limits(group, mapping)
    role = next(iter(roles), "")
    if role in IN_A_UNIT and not limits["unit"]:
        raise PrivilegeError(f"The role {role} needs a unit.")
    return Privileges(role, **limits, vip="vip" in rights, protected_address="protected_address" in rights)


def _limits(group: Element, mapping: Rules) -> dict:
    """Unit, administration and clearance of a group's constraints; each at most once, none unknown."""
    said: dict[str, str] = {}
    for each in group:
        if _name(each) == "Constraint":
            name = (each.get("Name") or "").removeprefix(CONSTRAINT)
            if name in said:
                raise PrivilegeError(f"The constraint {name} is given twice.")
            said[name] = (each.text or "").strip()
    unit = _unit(said.pop("orgenhed/1", ""), mapping)
    side = unit.split("/")[0]
    clearance = said.pop("foelsomhed/1", "0")
    if clearance not in {"0", "1", "2", "3"}:
        raise PrivilegeError("The sensitivity is a number from 0 to 3.")
    _check_kle(said.pop("KLE/1", "*"), side, mapping)
    if said:
        raise PrivilegeError("A constraint is not known here, so that what it narrows cannot be kept.")
    return {"administration": side, "unit": unit, "clearance": int(clearance)}


def _unit(named: str, mapping: Rules) -> str:
    unit = mapping.units.get(named.lower(), named)
    if unit and unit.split("/")[0] not in mapping.kle:
        raise PrivilegeError("The organisation unit is not one of the two administrations'.")
    return unit


def _check_kle(listed: str, side: str, mapping: Rules) -> None:
    """Refuse where the subjects leave out all of the administration's work."""
    subjects = [each.strip() for each in listed.split(",")]
    if not all(KLE.fullmatch(each) for each in subjects):
        raise PrivilegeError("The KLE subjects are not a list of KLE numbers.")
    work = mapping.kle.get(side, ())
    if side and "*" not in subjects and not any(each[:2] in work for each in subjects):
        raise PrivilegeError("The KLE subjects leave out the administration's work.")
