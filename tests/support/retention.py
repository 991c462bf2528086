"""Photos whose age can be set, and what a sweep leaves of them."""

import itertools
import subprocess

from support.evidence import declared, photo_bytes, send
from support.world import World, check_in

PATH = "/v1/organisation/retention"
RULES = {"originals_months": 24, "thumbnails_months": 60}
_seeds = itertools.count(52_000)


class Kept:
    """An organisation with photos whose age can be set."""

    def __init__(self, organisation, run_folder, postgres, server):
        self.organisation, self.folder, self.postgres, self.server = organisation, run_folder, postgres, server
        self.administrator = organisation.administrator.api
        self.world = World(organisation, run_folder)
        self.user = organisation.user("technician")

    def photo(self, months, content=None, visit=None):
        """(visit, photo, bytes) of a photo that was stored so many months ago."""
        content = content or self.new_picture()
        body = check_in(self.world.site, visit, photos=[declared()])
        send(self.user, body, content)
        photo = body["photos"][0]["id"]
        self.age(photo, months)
        return body["visit_id"], photo, content

    def age(self, photo, months):
        self.postgres.query(f"SET session_replication_role = replica; UPDATE photo SET stored_at = now() - interval"
                            f" '{months} months' WHERE id = '{photo}'")

    def set(self, rules, expect=200):
        preview = self.administrator.post(PATH + "/preview", json=rules, expect=200).json()
        return self.administrator.put(PATH, json={**rules, "confirmation": preview["confirmation"]}, expect=expect).json()

    def run_sweep(self, environment=None):
        return subprocess.run([self.server.program, "sweep"], capture_output=True, text=True, timeout=120, check=False,
                              env={**self.server.environment, "FIELDPROOF_SWEEP_AGE_S": "0", **(environment or {})})

    def sweep(self):
        result = self.run_sweep()
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def path(self, digest):
        return self.server.data_folder / "blobs" / self.organisation.id / digest[:2] / digest

    def files(self, photo):
        """Which of the photo's three files are there: original, medium, small."""
        row = self.postgres.query("SELECT encode(sha256, 'hex'), encode(medium_sha256, 'hex'), encode(small_sha256, 'hex')"
                                  f" FROM photo WHERE id = '{photo}'")[0]
        return [self.path(digest).exists() for digest in row]

    def new_picture(self):
        return photo_bytes(self.folder, seed=next(_seeds))

    def get(self, path, expect=200):
        return self.administrator.get(path, expect=expect)
