"""Tables in docs/ that repeat what the code says."""

import re

from support.paths import ROOT

ROLES = {"OFFICE": "D M A", "ANYONE": "T D M A", "MANAGERS": "M A"}


def test_work_order_steps_stand_in_the_document():
    source = (ROOT / "server/resources/work_order_states.c").read_text()
    steps = re.findall(r'\{"(\w+)",\s*"(\w+)",\s*(\w+),\s*(\w+),\s*(\w+)\}', source)
    assert len(steps) > 20
    code = [
        (start, end, ROLES[roles], *("yes" if flag == "true" else "no" for flag in flags))
        for start, end, roles, *flags in steps
    ]
    rows = re.findall(r"^\| (\w+) \| (\w+) \| ([TDMA ]+) \| (yes|no) \| (yes|no) \|$",
                      (ROOT / "docs/work-orders.md").read_text(), re.MULTILINE)
    assert rows == code


def test_every_setting_that_a_document_names_exists():
    known = {f"FIELDPROOF_{name}" for name in re.findall(r'\{"([A-Z_]+)", OPTION_', (ROOT / "server/config.c").read_text())}
    assert known
    for script in ("server", "front"):
        head = (ROOT / "script" / script).read_text().split("\nsource ", 1)[0]
        known |= set(re.findall(r"FIELDPROOF_[A-Z_]+", head))
    for path in [ROOT / "README.md", ROOT / "front/nginx.conf", *sorted((ROOT / "docs").glob("*.md"))]:
        named = set(re.findall(r"FIELDPROOF_[A-Z_]+", path.read_text()))
        assert named <= known, (path.name, named - known)
