"""`helhed work`: takes in the deliveries that wait, sees new days in, counts whom each touched, lets the notices be written, and
carries the hand-overs on.

The log is sealed once a minute, beside all of this (`sealer`). Everything it does can be stopped at any moment and is found again at the next round: the rows say what is not done.
"""

import argparse
import logging
import time
from datetime import date

from django.db import OperationalError, connection
from django.utils import timezone

from helhed.audit.actions import SYSTEM
from helhed.commands.parent import end_with_parent
from helhed.commands.sealer import Sealer, keep_log
from helhed.coordination.advis.actions import rehouse, write_notices
from helhed.coordination.handover.chain import rounds as handovers
from helhed.coordination.handover.entrances import rounds as entrances
from helhed.coordination.handover.reorganisation import actions as reorganisations
from helhed.coordination.handover.sanctions import rounds as sanctions
from helhed.membership.actions import recount, recount_definitions, recount_merged, turn_day
from helhed.membership.models import Recount
from helhed.register.models import Delivery
from helhed.register.worker import work_once
from helhed.sharing import bereaved, newcomers, sampling
from helhed.sharing.arrivals import settle
from helhed.sharing.consent import actions as consents
from helhed.sharing.consent import errands
from helhed.sharing.mandates import actions as mandates

SECONDS_BETWEEN = 2
log = logging.getLogger(__name__)


def run(options: argparse.Namespace) -> None:
    """Round after round until told to stop; a server that is away for a while is waited for."""
    if options.with_parent:
        end_with_parent()
    if not options.once:
        Sealer().start()
    newcomers.follow_setting()
    write_notices(by=SYSTEM)
    sampled = None
    while True:
        try:
            sampled = once_a_day(sampled)
            busy = one_round()
        except OperationalError as error:
            if options.once:
                raise
            log.warning("the database is away: %s", str(error).strip())
            connection.close()
            busy = False
        if not busy:
            if options.once:
                keep_log()
                return
            time.sleep(SECONDS_BETWEEN)


def once_a_day(last: date | None) -> date:
    """Draw last month's samples where they are missing, on the first round of a day; answers the day."""
    today = timezone.localdate()
    if last != today:
        sampling.draw_due()
    return today


def one_round() -> bool:
    """Take in one delivery; count what is not counted yet: groups with a new version, persons merged, deliveries, a new
    day; write notices; carry hand-overs on. True when there was anything to do."""
    delivery = work_once()
    merged = recount_merged(by=SYSTEM)
    if merged:
        settle(by=SYSTEM)
    done = [recount_definitions(by=SYSTEM), *merged]
    done += [_settled_and_counted(received) for received in _not_counted()]
    done += turn_day(by=SYSTEM)
    if any(done):
        write_notices(by=SYSTEM)
    carried = keep_consents()
    carried += reorganisations.carry_out_due(by=SYSTEM, notices=rehouse)
    carried += handovers.one_round(by=SYSTEM) + entrances.one_round(by=SYSTEM)
    carried += sanctions.one_round(by=SYSTEM)
    return delivery is not None or any(done) or carried > 0


def keep_consents() -> int:
    """End the consents and mandates whose last moment is over and the mandates of the dead, and carry questions and answers to and from the national
    solution where there is one. Answers how many consents were answered there."""
    consents.expire(by=SYSTEM)
    mandates.expire(by=SYSTEM)
    bereaved.hear_deaths(by=SYSTEM)
    return errands.carry(by=SYSTEM)


def _settled_and_counted(delivery: Delivery) -> Recount | None:
    """Consents and cases first: a delivery that is counted is not looked at again."""
    settle(by=SYSTEM, delivery=delivery)
    return recount(by=SYSTEM, delivery=delivery)


def _not_counted() -> list[Delivery]:
    """Deliveries received since everyone was counted first, and not counted themselves; before that, the last one."""
    received = Delivery.objects.filter(status="received").order_by("received_at", "pk")
    everyone = Recount.objects.filter(everyone=True).order_by("at").values_list("at", flat=True).first()
    if everyone is None:
        return list(received.reverse()[:1])
    seen = Recount.objects.filter(delivery__isnull=False).values("delivery")
    return list(received.filter(ended__gt=everyone).exclude(pk__in=seen))
