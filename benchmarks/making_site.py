"""A page of ours in a process of its own, made anew each time it is asked for.

python -m benchmarks.making_site ADDRESS, on the portal of PORTAL_VAR. Says in one line of JSON
how many queries it asks; then, for each line ``page N``, the seconds that N pages took.
"""

import json
import sys
import time

from benchmarks.unkept import application
from tests.delivery.front import ask

from django.db import connection  # isort: skip - once the portal is set up
from django.test.utils import CaptureQueriesContext  # isort: skip


def make(address: str) -> int:
    answer = ask(application, address)
    assert answer.status == 200, answer.status
    return len(answer.body)


def seconds(address: str) -> float:
    began = time.perf_counter()
    make(address)
    return time.perf_counter() - began


def main(address: str) -> None:
    size = make(address)
    with CaptureQueriesContext(connection) as asked:
        make(address)
    print(json.dumps({"bytes": size, "queries": len(asked)}), flush=True)
    for line in sys.stdin:
        took = [seconds(address) for _ in range(int(line.split()[1]))]
        print(json.dumps(took), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
