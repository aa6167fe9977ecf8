"""Eight publish at one moment: each a release of its own, or all of them the same one."""

import json
import os
from collections import Counter
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from random import Random

from django.db import connection

from policies.models import Plan
from portal.publishing import going_public
from portal.publishing.models import Release, Stage
from portal.publishing.turns import Refused
from portal.publishing.verify import faults_in_history
from tests.factories import published
from tests.proofs.children import Tell, in_a_child
from tests.publishing.review import approver, ready, writer

WORKERS = 8
PATIENCE = 60.0  # seconds, in which every child wakes up


def publishing(release: Release, by, moment: Barrier, tell: Tell) -> None:
    connection.ensure_connection()
    try:
        moment.wait(PATIENCE)
        going_public.publish_release(release, by)
    except Refused as refused:
        tell(json.dumps(str(refused)).encode())
    except Exception as fault:
        tell(json.dumps(repr(fault)).encode())
    else:
        tell(json.dumps("accepted").encode())


def at_once(releases: list[Release], by) -> Counter[str]:
    """How often each answer was given."""
    moment = get_context("fork").Barrier(len(releases))
    children = [
        in_a_child(lambda tell, each=each: publishing(each, by, moment, tell)) for each in releases
    ]
    answers: Counter[str] = Counter()
    for child, reading in children:
        with os.fdopen(reading) as said:
            answers[json.load(said)] += 1
        os.waitpid(child, 0)
    return answers


def run(rounds: int, seed: int) -> dict:
    random, one, other = Random(seed), writer(), approver()
    plans = [published(Plan) for _ in range(WORKERS)]
    apart, together = Counter(), Counter()
    for number in range(rounds):
        releases = [ready(plan, one, other, f"Words {number}") for plan in plans]
        apart += at_once(releases, one)
        if set(apart) != {"accepted"}:
            break  # the figures say what came instead
        release = ready(random.choice(plans), one, other, f"Again {number}")
        together += at_once([release] * WORKERS, one)
    return {
        "database": connection.vendor,
        "apart": apart,
        "together": together,
        "public": Release.objects.filter(stage=Stage.PUBLISHED).count(),
        "faults": list(faults_in_history()),
    }
