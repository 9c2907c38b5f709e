"""The seal of a chain's newest step, written into the log with each act: whoever makes a step and all that follow it anew would
have to make the log anew too, and that is sealed elsewhere."""

import re
from collections.abc import Iterable
from uuid import UUID

from helhed.coordination.handover.chain import steps
from helhed.coordination.handover.chain.models import Chain

LENGTH = 32
"""So many hexadecimal digits of a step's hash stand in the log: 128 bits."""
SEAL = re.compile(rf"#([0-9a-f]{{{LENGTH}}})$")


def seals(chains: Iterable[Chain]) -> dict[UUID, str]:
    """The seal of the newest step of each chain."""
    return {chain: digest[:LENGTH] for chain, digest in steps.newest(chains).items()}


def about(chain: Chain, said: str, seal: str = "") -> str:
    """What a line of the log is about: the chain, what was done, and its seal."""
    seal = seal or seals([chain])[chain.pk]
    return f"{chain.pk} {chain.direction} {chain.model} {said}".strip() + f" #{seal}"


def sealed(line: str) -> str:
    """The seal a line of the log names; "" where it names none."""
    found = SEAL.search(line)
    return found[1] if found else ""
