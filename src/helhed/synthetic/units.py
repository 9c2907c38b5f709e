"""Where a social case lies, and how people move between the units.

The mixes follow the stated sizes of 2B-2E and 3B-3E; the durations and the excluded units' shares are invented.
"""

import numpy as np

from helhed.synthetic.chains import NONE, Process
from helhed.synthetic.codes import UNITS, unit

IN, OUT = 0, 1
NO_UNIT = len(UNITS)
"""The state of a case whose unit was left out."""


def place(name: str) -> int:
    """The state of a unit by its short name; '' is NO_UNIT."""
    return unit(name) if name else NO_UNIT


def _mix(**weights: float) -> dict[int, float]:
    return {place(name.replace("_", "-")): weight for name, weight in weights.items()}


_AWAY = {NONE: 1.0}
_ADULT = {
    **_mix(hjem=889, rus=1339, psy=849, bch=262, oevrige=1545, bcv=30),
    **_mix(pleje=190, esy=70, bbe=50, krim=20, sof=24),
    NO_UNIT: 24,
}
_YOUNG = {
    **_mix(hjem=372, rus=310, psy=325, bch=365, oevrige=117, pleje=12, bbe=14, krim=34, sof=12),
    NO_UNIT: 12,
}
_RESIDENT = _mix(hjem=14, rus=22, psy=22, bch=18, oevrige=26, pleje=14, esy=12, bbe=6, krim=2)
_ANY = _mix(hjem=14, rus=26, psy=22, bch=8, oevrige=24, pleje=12, esy=10, bbe=6, krim=4)
_KEEP = np.array([[0.0, 0.0], [0.65, 0.0]])
_FOLLOW = np.array([[0.25, 0.75], [1.0, 0.0]])

PRIMARY = Process(
    mean=np.array([820.0, 150.0]),
    sigma=np.array([0.9, 0.8]),
    follow=_FOLLOW,
    mix=[[_YOUNG, _AWAY], [_ADULT, _AWAY]],
    keep=_KEEP,
)
SECOND = Process(  # a second primary case at another unit: only among the young
    mean=np.array([300.0, 420.0]),
    sigma=np.array([0.7, 0.7]),
    follow=_FOLLOW,
    mix=[[_mix(hjem=35, rus=50, psy=45, bch=20), _AWAY]] * 2,
    keep=_KEEP,
)
RESIDENTS = Process(  # people known to SOF only
    mean=np.array([900.0, 200.0]),
    sigma=np.array([0.9, 0.8]),
    follow=_FOLLOW,
    mix=[[_RESIDENT, _AWAY]] * 2,
    keep=_KEEP,
)
ELSEWHERE = Process(  # people of BIF with a case at a unit that the models leave out
    mean=np.array([400.0, 300.0]),
    sigma=np.array([0.8, 0.8]),
    follow=_FOLLOW,
    mix=[[_mix(pleje=40, esy=40, bbe=15, krim=5), _AWAY]] * 2,
    keep=_KEEP,
)
SUPPLEMENTARY = Process(
    mean=np.array([420.0, 420.0]),
    sigma=np.array([0.8, 0.8]),
    follow=_FOLLOW,
    mix=[[_ANY, _AWAY]] * 2,
    keep=_KEEP,
)
