"""Processes made from this one, as gunicorn makes its workers."""

import multiprocessing

from django.db import connections

FORK = multiprocessing.get_context("fork")


def start(target, *args):
    connections.close_all()  # none may be open while a process is forked
    process = FORK.Process(target=target, args=args, daemon=True)
    process.start()
    return process


def make_files(make, *args):
    """Memory that this takes is not that of who takes the files afterwards."""
    maker = start(make, *args)
    maker.join()
    if maker.exitcode:
        raise SystemExit("The files could not be made.")


def alone(take, path):
    """What `take(path, pipe)` sends from a process of its own: (said, seconds, megabytes, fine)."""
    ours, theirs = FORK.Pipe()
    process = start(take, path, theirs)
    theirs.close()
    try:
        found = ours.recv()
    except EOFError:  # it died
        found = ("died", 0.0, 0.0, False)
    process.join()
    return found
