"""Where things are."""

import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]

# FIELDPROOF_TEST_PROGRAM chooses another build of the server, for example build-sanitize/server/fieldproof.
PROGRAM = ROOT / os.environ.get("FIELDPROOF_TEST_PROGRAM", "build/server/fieldproof")

TEST_FOLDER = ROOT / "var/test"
RECORDED_FOLDER = ROOT / os.environ.get("FIELDPROOF_RECORD_FOLDER", "var/test/recorded")
