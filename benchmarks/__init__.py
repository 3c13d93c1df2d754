"""Commands that print figures: `python -m benchmarks search`."""
