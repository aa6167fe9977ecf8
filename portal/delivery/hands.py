"""Many pages, made by as many processes as there are cores."""

import os
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait

from django.db import connection, connections

ENOUGH = 100  # pages that are worth more than one process

Done = tuple[str, int | None]
Bring = Callable[[str], int | None]


def hands_for(names: Sequence[str]) -> int:
    """One within a transaction, which no other process could see."""
    cores = len(os.sched_getaffinity(0))
    return cores if len(names) >= ENOUGH and not connection.in_atomic_block else 1


def brought_by_many(hands: int, bring: Bring, names: Sequence[str]) -> Iterator[Done]:
    """Each name with what came of it, in whatever order; raises what one of them raises.

    ``bring`` must hold no connection: none may be carried into another process.
    """
    connections.close_all()
    parts = [_start(bring, names[number::hands]) for number in range(hands)]
    ends = [end for _process, end in parts]
    try:
        while ends:
            for end in wait(ends):
                yield from _received(end, ends)
    finally:
        for process, end in parts:
            process.terminate()
            process.join()
            end.close()


def _start(bring: Bring, names: Sequence[str]) -> tuple:
    fork = get_context("fork")
    here, there = fork.Pipe(duplex=False)
    process = fork.Process(target=_work, args=(there, bring, names), daemon=True)
    process.start()
    there.close()
    return process, here


def _work(end: Connection, bring: Bring, names: Sequence[str]) -> None:
    """Until all is done, or whoever asked for it is gone."""
    parent = os.getppid()
    try:
        for name in names:
            end.send((name, bring(name)))
            if os.getppid() != parent:
                return
        end.send(None)
    except Exception as fault:
        end.send(fault)
    finally:
        connections.close_all()


def _received(end: Connection, ends: list[Connection]) -> Iterator[Done]:
    try:
        said = end.recv()
    except EOFError as fault:
        raise OSError("A process that made pages was ended before it was done.") from fault
    if isinstance(said, Exception):
        raise said
    if said is None:
        ends.remove(end)
    else:
        yield said
