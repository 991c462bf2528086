"""A visit's pack, verified as a stranger would: by the commands of its own README.txt, without the server."""

import io
import shutil
import subprocess
import zipfile


def unpack(content, folder):
    """Unpacks the ZIP where an earlier one lay."""
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)


def commands(folder):
    """The lines of the README that are indented by four."""
    lines = (folder / "README.txt").read_text(encoding="utf-8").splitlines()
    return [line[4:] for line in lines if line.startswith("    ") and not line.startswith("     ")]


def verify(folder):
    """(whether everything is as the server signed it, what the commands said)"""
    result = subprocess.run(["bash", "-e", "-c", "\n".join(commands(folder))], cwd=folder, capture_output=True,
                            text=True, check=False)
    return result.returncode == 0, result.stdout + result.stderr
