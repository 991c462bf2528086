"""Waiting for what happens by itself: bounded, and as long as a busy machine may take."""

import time

PATIENCE_S = 60


def wait_until(is_true, what, patience_s=PATIENCE_S):
    """Returns what `is_true()` answers as soon as that is true; `what` says what never came."""
    deadline = time.monotonic() + patience_s
    while not (answer := is_true()):
        assert time.monotonic() < deadline, f"in {patience_s} s it never came: {what}"
        time.sleep(0.02)
    return answer
