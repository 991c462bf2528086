"""Where things are."""

import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]

# FIELDPROOF_TEST_PROGRAM chooses another build of the server, for example build-sanitize/server/fieldproof.
PROGRAM = ROOT / os.environ.get("FIELDPROOF_TEST_PROGRAM", "build/server/fieldproof")

# The plain build's, whatever program is tested: the sanitizers' takes four times as long for the same photo, and the unit
# tests look at its code.
MAKE_PHOTO = ROOT / "build/tests/tools/make-photo"

TEST_FOLDER = ROOT / "var/test"
RECORDED_FOLDER = ROOT / os.environ.get("FIELDPROOF_RECORD_FOLDER", "var/test/recorded")
