"""Prints a source as the compiler sees it after preprocessing.

usage: preprocess.py COMPILE_COMMANDS_JSON SOURCE
"""

import json
import pathlib
import shlex
import subprocess
import sys


def main():
    database, source = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    for entry in json.loads(database.read_text(encoding="utf-8")):
        if pathlib.Path(entry["directory"], entry["file"]).resolve() == source:
            command = shlex.split(entry["command"])
            if command[0].endswith("ccache"):
                command = command[1:]
            output = command.index("-o")
            del command[output : output + 2]
            command[command.index("-c")] = "-E"
            sys.exit(subprocess.run(command, cwd=entry["directory"], check=False).returncode)
    sys.exit(f"{source} is not part of the build")


if __name__ == "__main__":
    main()
