"""`helhed handover replay` from the shell."""

from argparse import Namespace
from uuid import uuid4

import pytest

from handover import acts
from handover.acts import alter
from helhed.commands import messages
from helhed.commands.handover import replay
from helhed.commands.main import Need, parse
from helhed.commands.refusal import RefusalError
from helhed.coordination.handover.chain.models import Step

REPLAY = ["handover", "replay"]


@pytest.fixture(scope="module", autouse=True)
def english():
    """The English texts as the program reads them."""
    messages.run(Namespace())


def test_it_says_what_it_needs():
    assert parse([*REPLAY, "--all"]).needs is Need.PROGRAM
    with pytest.raises(RefusalError, match="is not the number"):
        parse([*REPLAY, "17"])


def test_one_is_told_whole(world, capsys):
    chain = acts.effective(world.eva)
    assert replay(parse([*REPLAY, str(chain.pk)])) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "✓ The steps are one unbroken line"
    assert said[-1].endswith("checks of 1 hand-overs hold.") and len(said) > 25


def test_of_all_only_what_differs_is_told(owner, world, capsys):
    whole, changed = acts.effective(world.eva), acts.effective(world.finn)
    step = Step.objects.get(chain=changed, kind="decided")
    alter("handover_step", f"UPDATE handover_step SET note = 'noget andet' WHERE id = '{step.pk}'")
    assert replay(parse([*REPLAY, "--all"])) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith(f"{changed.pk} ✗ step {step.number}: ") and str(whole.pk) not in "".join(said)
    assert said[-1] == "1 of 2 hand-overs are not as they were decided."


@pytest.mark.parametrize("asked", [[], ["--all", str(uuid4())], [str(uuid4())]])
def test_without_a_handover_it_says_so(world, asked):
    with pytest.raises(RefusalError, match="stands in its address"):
        replay(parse([*REPLAY, *asked]))
