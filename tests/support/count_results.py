"""Counts test functions in a JUnit file of ctest (whose programs are cmocka's) or of pytest.

usage: count_results.py FILE    prints "PASSED FAILED SKIPPED"
"""

import sys
import xml.etree.ElementTree as ElementTree


def count_case(case):
    """(passed, failed, skipped) of one <testcase>: a cmocka program holds many, a pytest case is one."""
    has_failed = (
        case.find("failure") is not None
        or case.find("error") is not None
        or case.get("status") in ("fail", "notrun")
    )
    output = case.findtext("system-out") or ""
    begun = output.count("[ RUN      ]")
    if begun:
        passed = output.count("[       OK ]")
        skipped = output.count("[  SKIPPED ]")
        # A program that crashed began one test more than it ended.
        return passed, max(begun - passed - skipped, int(has_failed)), skipped
    if has_failed:
        return 0, 1, 0
    return (0, 0, 1) if case.find("skipped") is not None else (1, 0, 0)


def main():
    cases = ElementTree.parse(sys.argv[1]).iter("testcase")
    totals = [sum(column) for column in zip(*map(count_case, cases))] or [0, 0, 0]
    print(*totals)


if __name__ == "__main__":
    main()
