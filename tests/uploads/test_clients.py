"""The real clients, tus-js-client and @uppy/tus, through a network that cuts: every photo arrives as it was."""

import collections
import hashlib
import itertools
import json
import pathlib
import subprocess
import time
import urllib.parse

import pytest

from support.evidence import declared
from support.uploads import PhotoMaker
from support.world import World, check_in

FOLDER = pathlib.Path(__file__).parent
CLIENTS = ("tus", "tus in chunks", "tus with creation", "tus, forgetful", "draft 03", "draft 05", "uppy")
CUTS_WANTED = 500


@pytest.fixture(scope="module")
def new_photos(user, organisation, run_folder):
    """Call it for [(id, bytes)] of photos that are awaited, all different."""
    world, maker = World(organisation, run_folder), PhotoMaker(run_folder)

    def announce(count):
        photos = []
        for start in range(0, count, 20):
            body = check_in(world.site, photos=[declared() for _ in range(min(20, count - start))])
            user.api.post("/v1/check-ins", json=body, expect=201)
            photos += [(photo["id"], maker.make(number)) for number, photo in enumerate(body["photos"])]
        return photos
    return announce


def run_clients(server, user, photos, clients, folder, seed, share, during=None):
    """Uploads all of them and answers what clients.mjs says about it."""
    job = {"port": urllib.parse.urlsplit(server.base_url).port, "token": user.api.token, "seed": seed,
           "share": share, "most_bytes": 45_000, "photos": []}
    for (key, content), client in zip(photos, itertools.cycle(clients)):
        path = folder / key
        path.write_bytes(content)
        job["photos"].append({"id": key, "path": str(path), "client": client})
    (folder / "job.json").write_text(json.dumps(job))
    output, errors = folder / "output", folder / "errors"
    with open(output, "wb") as file, open(errors, "wb") as error_file, subprocess.Popen(
            ["node", str(FOLDER / "clients.mjs"), str(folder / "job.json")], stdout=file, stderr=error_file) as process:
        try:
            if during:
                during(process)
            process.wait(timeout=300)
        finally:
            process.kill()
    assert process.returncode == 0, output.read_text() + errors.read_text()
    return json.loads(output.read_text())


def check_stored(user, photos):
    """Every photo is there, with the very bytes that were sent."""
    for key, content in photos:
        original = user.api.get(f"/v1/photos/{key}/original", expect=200).content
        assert hashlib.sha256(original).hexdigest() == hashlib.sha256(content).hexdigest(), key


@pytest.mark.parametrize("client", CLIENTS)
def test_on_a_good_network(client, server, user, new_photos, tmp_path):
    photos = new_photos(2)
    result = run_clients(server, user, photos, [client], tmp_path, seed=1, share=0)
    assert result["failures"] == [] and sum(result["cuts"].values()) == 0
    check_stored(user, photos)


def test_through_cuts(server, user, new_photos, tmp_path, capsys):
    """How often a connection is cut depends on how the clients' packets fall: photos follow until it was often enough."""
    cuts = collections.Counter()
    for seed in range(20, 24):
        photos = new_photos(150)
        result = run_clients(server, user, photos, CLIENTS, tmp_path, seed=seed, share=0.75)
        with capsys.disabled():
            print(f"\n{len(photos)} photos, cuts: {result['cuts']}, sent {result['sent_bytes']} bytes"
                  f" of {sum(len(content) for _, content in photos)}")
        assert result["failures"] == []
        check_stored(user, photos)
        cuts.update(result["cuts"])
        if cuts.total() >= CUTS_WANTED:
            break
    assert cuts.total() >= CUTS_WANTED and min(cuts.values()) > 0


def test_through_cuts_and_a_server_that_dies(server, user, new_photos, tmp_path):
    kills = []

    def kill(process):
        while process.poll() is None and len(kills) < 4:
            time.sleep(0.7)
            server.kill()
            kills.append(time.monotonic())
            server.start()

    photos = new_photos(60)
    result = run_clients(server, user, photos, CLIENTS, tmp_path, seed=21, share=0.5, during=kill)
    assert result["failures"] == []
    check_stored(user, photos)
    assert len(kills) > 1
