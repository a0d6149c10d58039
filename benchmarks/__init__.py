"""Measurements: accuracy, time, memory. `python -m benchmarks` prints what it saw on this machine."""
