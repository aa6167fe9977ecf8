"""Two publish and eight read at once, and publishers are killed: nobody reads what was said before.

Every publication says a number that only grows; whoever publishes tells it once it is done. A
reader notes the highest number told, then reads, and must find that number or a higher one on
every page that shows it.
"""

import json
import os
import re
import signal
import tempfile
import time
from multiprocessing import Array
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import OperationalError, connection, transaction

from actors.models import Actor
from policies.models import Plan
from portal.delivery.following import catch_up
from portal.delivery.store import Store
from portal.languages.texts import codes, set_texts
from portal.publishing.publish import publish
from tests.delivery.front import Front
from tests.factories import published
from tests.proofs.children import Tell, in_a_child

PUBLISHERS, READERS = 2, 8
MOMENTS = ("before the commit", "after the commit", "at any time")
NUMBER = re.compile(rb"Number (\d+)")


class Site:
    """A plan for each publisher, the number it is at, and where each is shown."""

    def __init__(self) -> None:
        settings.STORE_DIR = Path(tempfile.mkdtemp())
        self.store = Store(settings.STORE_DIR / "this-edition")
        self.owner = published(Actor)
        self.plans = [published(Plan, owners=[self.owner]) for _ in range(PUBLISHERS)]
        self.told = Array("L", PUBLISHERS)
        for which in range(PUBLISHERS):
            self.say(which, 0)

    def say(self, which: int, number: int) -> None:
        plan = Plan.objects.get(pk=self.plans[which].pk)
        title = dict.fromkeys(codes(), f"Number {number * PUBLISHERS + which}")
        set_texts(plan, "title", title)
        publish([plan], None, {})

    def shown(self) -> list[str]:
        pages = ["/en/plans/", "/fr/", "/sitemap.xml", "/en/timeline/", "/en/changes/"]
        return [self.owner.address("nl"), *pages[:1], *(p.address("en") for p in self.plans)]

    def numbers_on(self, front: Front, address: str) -> tuple[dict[int, int], str]:
        """The highest number of each publisher on a page, and how it was answered."""
        answer = front.get(address)
        assert answer.status in (200, 503), answer.status
        found = [int(each) for each in NUMBER.findall(answer.body)]
        return {each % PUBLISHERS: each // PUBLISHERS for each in sorted(found)}, answer.how


def publishing(site: Site, which: int, end: float, tell: Tell) -> None:
    number = 0
    while time.monotonic() < end:
        try:
            site.say(which, number + 1)
        except OperationalError:  # others were faster, again and again
            continue
        number += 1
        site.told[which] = number
    tell(json.dumps([number, 0, []]).encode())


def reading(site: Site, seed: int, end: float, tell: Tell) -> None:
    front, random = Front(site.store), Random(seed)
    wrong, read, kept = [], 0, 0
    while time.monotonic() < end:
        address = random.choice(site.shown())
        least = list(site.told)
        found, how = site.numbers_on(front, address)
        read, kept = read + 1, kept + (how == "portal; hit")
        wrong += [
            (address, how, which, number, least[which])
            for which, number in found.items()
            if number < least[which]
        ]
    tell(json.dumps([read, kept, wrong[:5]]).encode())


def together(site: Site, seconds: int, seed: int) -> list[list]:
    end = time.monotonic() + seconds
    acts = [
        *(lambda tell, n=n: publishing(site, n, end, tell) for n in range(PUBLISHERS)),
        *(lambda tell, n=n: reading(site, seed + n, end, tell) for n in range(READERS)),
    ]
    told = []
    for child, reading_end in [in_a_child(act) for act in acts]:
        with os.fdopen(reading_end) as said:
            told.append(json.load(said))
        os.waitpid(child, 0)
    return told


def killed(site: Site, moment: str, number: int, after: float) -> None:
    """A publisher that is killed ``after`` seconds, or by itself at the moment of that name."""

    def act(tell: Tell) -> None:
        with transaction.atomic():
            site.say(0, number)
            if moment == "before the commit":
                os.kill(os.getpid(), signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)

    child, reading_end = in_a_child(act)
    if moment == "at any time":
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading_end)


def killings(site: Site, kills: int, random: Random) -> dict:
    """After each the pages say what is public, at once and after the store has caught up."""
    front, stale, unkept, public = Front(site.store), [], [], 0
    for round_ in range(kills):
        for address in site.shown():
            front.get(address)
        before = Plan.objects.get(pk=site.plans[0].pk).version
        killed(site, random.choice(MOMENTS), 10**6 + round_, random.uniform(0, 0.15))
        public += Plan.objects.get(pk=site.plans[0].pk).version > before
        for again in range(2):
            for address in site.shown():
                kept = front.get(address)
                stale += [address] if kept.body != front.alone(address).body else []
                unkept += [address] if again and front.get(address).how != "portal; hit" else []
            catch_up(site.store)
    return {"kills": kills, "public": public, "stale after a kill": stale, "unkept": unkept}


def run(seconds: int, kills: int, seed: int) -> dict:
    site = Site()
    told = together(site, seconds, seed)
    return {
        "database": connection.vendor,
        "published": sum(each[0] for each in told[:PUBLISHERS]),
        "read": sum(each[0] for each in told[PUBLISHERS:]),
        "kept": sum(each[1] for each in told[PUBLISHERS:]),
        "stale": [wrong for each in told for wrong in each[2]],
        **killings(site, kills, Random(seed)),
    }
