"""Visit packs: everything of a visit as one ZIP, verified with nothing but unzip and sha256sum."""

import hashlib
import io
import json
import pathlib
import re
import subprocess
import zipfile

import pytest
import requests

from support.evidence import declared, parts, photo_bytes, put_photo, send
from support.organisation import new_id
from support.raw_http import RawConnection
from support.sheets import sign, write
from support.world import check_in


@pytest.fixture()
def photos(run_folder):
    return [photo_bytes(run_folder, seed=seed) for seed in (51, 52)]


@pytest.fixture()
def visit(user, world, photos):
    """A signed visit with two photos; its id."""
    body = check_in(world.site, photos=[declared("before"), declared("after")], note="阀门已更换")
    user.api.post("/v1/check-ins", files=parts(body, *photos), expect=201)
    sign(user, body["visit_id"], write(user, body["visit_id"]))
    return body["visit_id"]


def unpack(manager, visit, folder):
    """Downloads and unpacks the visit's pack; the folder, and the response."""
    response = manager.api.get(f"/v1/visits/{visit}/pack", expect=200)
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    return response


def verify(folder):
    """What sha256sum says, and its exit status."""
    result = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False)
    return result.returncode, result.stdout


def blob_path(server, content):
    digest = hashlib.sha256(content).hexdigest()
    return next((server.data_folder / "blobs").rglob(digest))


def test_anyone_can_verify_it(manager, visit, photos, tmp_path):
    response = unpack(manager, visit, tmp_path)
    assert response.headers["Transfer-Encoding"] == "chunked"
    assert response.headers["Content-Disposition"] == f'attachment; filename="visit-{visit}.zip"'
    status, output = verify(tmp_path)
    assert status == 0 and output.count(": OK") == 11, output
    sheet = json.loads((tmp_path / "sheets/1/sheet.json").read_text())
    document = (tmp_path / "sheets/1/document.json").read_bytes()
    assert hashlib.sha256(document).hexdigest() == sheet["signature"]["document_sha256"]
    for photo in json.loads(document)["photos"]:
        content = (tmp_path / "photos" / f"{photo['id']}.jpg").read_bytes()
        assert content in photos and hashlib.sha256(content).hexdigest() == photo["sha256"]
    assert (tmp_path / "sheets/1/sheet.pdf").read_bytes().startswith(b"%PDF-")
    listed = {line.split("  ", 1)[1] for line in (tmp_path / "SHA256SUMS").read_text().splitlines()}
    present = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert present - listed == {"SHA256SUMS", "SHA256SUMS.sig"}


def run_readme(folder):
    """The commands that README.txt tells a stranger to run."""
    readme = (folder / "README.txt").read_text()
    commands = [line[4:] for line in readme.splitlines() if line.startswith("    ") and not line.startswith("     ")]
    assert len(commands) == 7
    return subprocess.run(["bash", "-e", "-c", "\n".join(commands)], cwd=folder, capture_output=True, text=True, check=False)


def test_a_stranger_follows_the_readme(manager, visit, tmp_path):
    unpack(manager, visit, tmp_path)
    result = run_readme(tmp_path)
    assert result.returncode == 0 and "Signature Verified Successfully" in result.stdout, result.stdout + result.stderr


@pytest.mark.parametrize("forged", ["visit.en.json", "sheets/1/document.json", "SHA256SUMS", "receipt-keys.json"])
def test_a_forged_file_is_found_out(manager, visit, tmp_path, forged):
    """Whoever changes a file can correct its sum, but not the signature over the sums."""
    unpack(manager, visit, tmp_path)
    path = tmp_path / forged
    if forged == "SHA256SUMS":
        path.write_text("".join(path.read_text().splitlines(keepends=True)[1:]))
    else:
        old = hashlib.sha256(path.read_bytes()).hexdigest()
        content = path.read_text()
        position = content.index('"x":"') + 6 if forged == "receipt-keys.json" else len(content) // 2
        path.write_text(content[:position] + ("A" if content[position] != "A" else "B") + content[position + 1:])
        sums = tmp_path / "SHA256SUMS"
        sums.write_text(sums.read_text().replace(old, hashlib.sha256(path.read_bytes()).hexdigest()))
    assert run_readme(tmp_path).returncode != 0


@pytest.mark.parametrize("added", ["photos/one-more.jpg", "sheets/2/document.json", "DAMAGED.txt"])
def test_an_added_file_is_found_out(manager, visit, tmp_path, added):
    unpack(manager, visit, tmp_path)
    (tmp_path / added).parent.mkdir(exist_ok=True)
    (tmp_path / added).write_text("forged")
    result = run_readme(tmp_path)
    assert result.returncode != 0 and added in result.stdout


def test_a_removed_file_is_found_out(manager, visit, tmp_path):
    unpack(manager, visit, tmp_path)
    next((tmp_path / "photos").iterdir()).unlink()
    assert run_readme(tmp_path).returncode != 0


def test_a_document_that_was_changed_in_the_database_is_found_out(manager, visit, tmp_path, postgres):
    """Whoever is above the server's own role can write what they like: the server signs what it reads then."""
    postgres.query(f"""BEGIN; SET LOCAL session_replication_role = replica;
        UPDATE visit_sheet SET document = replace(document, '{visit}', gen_random_uuid()::text) WHERE visit_id = '{visit}'; COMMIT""")
    unpack(manager, visit, tmp_path)
    assert verify(tmp_path)[0] == 0
    assert run_readme(tmp_path).returncode != 0


def test_each_photo_has_its_receipt(manager, user, visit, tmp_path):
    unpack(manager, visit, tmp_path)
    for path in (tmp_path / "photos").iterdir():
        receipt = user.api.get(f"/v1/photos/{path.stem}/receipt", expect=200)
        assert (tmp_path / "receipts" / f"{path.stem}.txt").read_text() == receipt.json()["receipt"]


def test_verdicts_say_why_in_both_languages(manager, visit, tmp_path):
    unpack(manager, visit, tmp_path)
    english, chinese = (json.loads((tmp_path / f"visit.{language}.json").read_text()) for language in ("en", "zh"))
    assert english["id"] == chinese["id"] == visit
    assert english["check_ins"][0]["note"] == "阀门已更换"
    pairs = list(zip(english["check_ins"][0]["findings"], chinese["check_ins"][0]["findings"]))
    assert pairs and all(a["code"] == b["code"] and a["sentence"] != b["sentence"] for a, b in pairs)


def test_the_same_visit_makes_the_same_bytes(manager, visit):
    path = f"/v1/visits/{visit}/pack"
    assert manager.api.get(path, expect=200).content == manager.api.get(path, expect=200).content


def test_every_signed_version_is_in_it(manager, user, visit, tmp_path):
    sign(user, visit, write(user, visit, version=2, corrects_version=1, correction_reason="A part was forgotten."))
    unpack(manager, visit, tmp_path)
    assert sorted(path.name for path in (tmp_path / "sheets").iterdir()) == ["1", "2"]
    assert verify(tmp_path)[0] == 0


def test_a_visit_without_sheet_or_photo(manager, user, world, tmp_path):
    body = check_in(world.site)
    user.api.post("/v1/check-ins", json=body, expect=201)
    unpack(manager, body["visit_id"], tmp_path)
    status, output = verify(tmp_path)
    assert status == 0 and output.count(": OK") == 4


def test_a_changed_original_is_named(manager, visit, photos, server, tmp_path):
    path = blob_path(server, photos[0])
    path.chmod(0o600)
    rotten = bytearray(photos[0])
    rotten[len(rotten) // 2] ^= 1
    path.write_bytes(rotten)
    try:
        unpack(manager, visit, tmp_path)
    finally:
        path.write_bytes(photos[0])
    status, output = verify(tmp_path)
    assert status == 1 and output.count("FAILED") == 1
    assert "its bytes are not the acknowledged ones" in (tmp_path / "DAMAGED.txt").read_text()


def test_a_missing_original_is_named_and_the_rest_is_there(manager, visit, photos, server, tmp_path):
    path = blob_path(server, photos[1])
    path.rename(path.with_suffix(".away"))
    try:
        unpack(manager, visit, tmp_path)
    finally:
        path.with_suffix(".away").rename(path)
    assert "cannot be read" in (tmp_path / "DAMAGED.txt").read_text()
    assert len(list((tmp_path / "photos").iterdir())) == 1 and verify(tmp_path)[0] == 1


def test_who_took_it_away_is_on_record(manager, visit):
    manager.api.get(f"/v1/visits/{visit}/pack", expect=200)
    views = manager.api.get(f"/v1/visits/{visit}/views", expect=200).json()["items"]
    assert views[0]["user"]["id"] == manager.id


def test_an_unknown_visit(manager):
    assert manager.api.get(f"/v1/visits/{new_id()}/pack", expect=404).json()["code"] == "not_found"


def peak_kib(server):
    """The most memory that the server has had at once since peak_from_now()."""
    status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1])


def peak_from_now(server):
    pathlib.Path(f"/proc/{server.process.pid}/clear_refs").write_text("5", encoding="ascii")
    return peak_kib(server)


def test_a_large_visit_takes_little_memory(manager, user, world, run_folder, server):
    large = [photo_bytes(run_folder, "--trailing", "20000000", seed=seed) for seed in range(60, 65)]
    body = check_in(world.site, photos=[declared() for _ in large])
    send(user, body)
    for photo, content in zip(body["photos"], large):
        put_photo(user, photo["id"], content)
    before_kib = peak_from_now(server)
    with requests.get(f"{server.base_url}/v1/visits/{body['visit_id']}/pack", stream=True, timeout=300,
                      headers={"Authorization": f"Bearer {manager.api.token}"}) as answer:
        assert answer.status_code == 200
        size = sum(map(len, answer.iter_content(1 << 20)))
    assert size > 100_000_000
    assert (peak_kib(server) - before_kib) * 1024 < size / 5


def test_a_client_of_http_1_0_reads_to_the_end(manager, visit, server):
    """No chunks there: the connection's end is the body's."""
    with requests.Session() as session:
        expected = session.get(f"{server.base_url}/v1/visits/{visit}/pack", timeout=60,
                               headers={"Authorization": "Bearer " + manager.api.token}).content
    with RawConnection(server.base_url) as connection:
        connection.send(f"GET /v1/visits/{visit}/pack HTTP/1.0\r\nHost: localhost\r\n"
                        f"Authorization: Bearer {manager.api.token}\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.socket.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"Transfer-Encoding" not in head and b"Connection: close" in head
    assert body == expected
