"""Commands that print figures: `python -m benchmarks search`."""

import os


def before_all_else():
    """From here on this process and those that it starts are put before all others (needs root)."""
    os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
