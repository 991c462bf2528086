"""A PostgreSQL of the tests' own, made and removed by script/postgres."""

import contextlib
import os
import re
import shlex
import signal
import subprocess
import time

from support.paths import ROOT


class Postgres:
    """One cluster with an empty database; `throwaway` trades durability for speed."""

    def __init__(self, folder, throwaway=True):
        self.folder = folder
        self._command = [str(ROOT / "script/postgres"), "--dir", str(folder)]
        if throwaway:
            self._command.append("--throwaway")
        self._environment = None

    def start(self):
        subprocess.run([*self._command, "start"], check=True, timeout=120)

    def stop(self):
        subprocess.run([*self._command, "stop"], check=True, timeout=120)

    def crash(self):
        """Ends the cluster without a checkpoint, as a power cut does to its processes."""
        process_id = int((self.folder / "data/postmaster.pid").read_text().split()[0])
        os.kill(process_id, signal.SIGQUIT)
        self._wait_for_end(process_id)

    @staticmethod
    def _wait_for_end(process_id):
        deadline = time.monotonic() + 30
        while _is_alive(process_id):
            assert time.monotonic() < deadline, "PostgreSQL outlived SIGQUIT"
            time.sleep(0.02)

    def crash_after(self, work):
        """Ends the cluster right after `work`; what that did not commit is in no file, as after a power cut."""
        ((writer,),) = self.query("SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'")
        os.kill(int(writer), signal.SIGSTOP)  # it writes by itself what nobody waits for
        try:
            return work()
        finally:
            postmaster = int((self.folder / "data/postmaster.pid").read_text().split()[0])
            os.kill(postmaster, signal.SIGQUIT)
            os.kill(int(writer), signal.SIGKILL)
            self._wait_for_end(postmaster)

    def destroy(self):
        subprocess.run([*self._command, "destroy"], check=True, timeout=120)

    def environment(self):
        """FIELDPROOF_DATABASE_URL and FIELDPROOF_OWNER_DATABASE_URL."""
        if self._environment is None:
            text = subprocess.run([*self._command, "env"], check=True, capture_output=True, text=True).stdout
            self._environment = dict(shlex.split(line)[1].split("=", 1) for line in text.splitlines())
        return self._environment

    def query(self, sql):
        """Rows as lists of text, read as superuser: no row-level security hides anything."""
        output = subprocess.run([*self._psql(), "-c", sql], check=True, capture_output=True, text=True, timeout=600).stdout
        return [line.split("\t") for line in output.splitlines()]

    def load(self, dump):
        """Runs a dump of pg_dump as superuser."""
        subprocess.run([*self._psql(), "-f", "-"], input=dump, check=True, stdout=subprocess.DEVNULL, timeout=120)

    def _psql(self):
        url = re.sub("user=.*", "user=postgres", self.environment()["FIELDPROOF_DATABASE_URL"])
        return ["psql", "-X", "-q", "-At", "-F", "\t", "-v", "ON_ERROR_STOP=1", url]

    @contextlib.contextmanager
    def transaction(self, sql):
        """Somebody else's transaction, open for as long as the block runs, and committed then."""
        with subprocess.Popen(self._psql(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as psql:
            psql.stdin.write(f"BEGIN; {sql};\n\\echo begun\n")
            psql.stdin.flush()
            while psql.stdout.readline() not in ("begun\n", ""):
                pass
            try:
                yield
            finally:
                psql.stdin.write("COMMIT;\n")
                psql.stdin.close()
                assert psql.wait(timeout=60) == 0


def _is_alive(process_id):
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True
