"""Links for customers: who makes them, what they show and what they never do."""

import base64
import hashlib
import json
import uuid

import pytest

from support.customer_links import Work, answer, customer, link_to, make_work, shared
from support.evidence import declared, photo_bytes, put_photo, send
from support.organisation import new_id
from support.server import Server
from support.sheets import sign, write
from support.world import World, check_in, now, token_of

SECRETS = ("internal note", "site note", "customer note", "description for us", "needs_review", "geofence", "finding",
           "verdict", "latitude_deg")


def shown_photos(customer, link):
    page = shared(customer, link, expect=200).json()
    return {photo["id"] for visit in page["visits"] for photo in visit["photos"]}


def test_a_link_shows_the_work_and_nothing_else(customer, user, world, work):
    world.api.patch(f"/v1/sites/{world.site}", json={"note": "site note"}, expect=200)
    world.api.patch(f"/v1/customers/{world.customer}", json={"note": "customer note"}, expect=200)
    response = shared(customer, link_to(user, work.visit), expect=200)
    page = response.json()
    assert page["organisation"] == {"name": "Kältetechnik Nord", "language": "en"}
    assert page["site"]["name"] == "Lager 1"
    order, = page["work_orders"]
    assert (order["state"], order["technicians"]) == ("on_site", ["Technician"])
    assert order["window_ends_at"] > order["window_starts_at"]
    visit, = page["visits"]
    assert visit["id"] == work.visit and visit["technician"] == "Technician"
    assert visit["sheet"]["document"] == work.sheet["document"]
    assert hashlib.sha256(visit["sheet"]["document"].encode()).hexdigest() == visit["sheet"]["document_sha256"]
    assert (visit["sheet"]["signer_name"], visit["sheet"]["method"]) == ("王芳", "drawn")
    assert [secret for secret in SECRETS if secret in response.text] == []
    del visit["sheet"]
    assert user.id not in json.dumps(page)


def test_a_work_order_without_a_visit_says_when_somebody_comes(customer, world, user):
    work_order = world.new_work_order([user.id])
    link = link_to(user, work_order=work_order)
    page = shared(customer, link, expect=200).json()
    assert page["visits"] == [] and page["work_orders"][0]["state"] == "assigned"
    assert shared(customer, link, "/documents", expect=200).json() == {"documents": []}
    shared(customer, link, "/sheet.pdf", expect=404)
    answer(customer, link, "rating", stars=5, expect=409)
    answer(customer, link, "decision", decision="confirmed", expect=409)
    assert answer(customer, link, "complaints", text="Nobody came.").json()["visit_id"] is None


def test_a_link_to_a_work_order_shows_its_visits(customer, user, world, work):
    link = link_to(user, work_order=work.work_order)
    assert [visit["id"] for visit in shared(customer, link, expect=200).json()["visits"]] == [work.visit]
    send(user, check_in(world.site, work_order_ids=[world.new_work_order([user.id])]))
    assert [visit["id"] for visit in shared(customer, link, expect=200).json()["visits"]] == [work.visit]


def test_a_visit_to_another_customer_with_the_work_order_named_is_not_shown(customer, user, world, work):
    """A technician who names a work order at the wrong site shows its customer nothing of that site."""
    world.customer, own = world.new_customer(), world.customer
    elsewhere, world.customer = world.new_site(), own
    wrong = send(user, check_in(elsewhere, work_order_ids=[work.work_order]))["visit_id"]
    order_link = link_to(user, work_order=work.work_order)
    assert [visit["id"] for visit in shared(customer, order_link, expect=200).json()["visits"]] == [work.visit]
    page = shared(customer, link_to(user, wrong), expect=200).json()
    assert page["work_orders"] == [], "nor does the other customer see the work order"


@pytest.mark.parametrize("name, called", [
    ("李伟", "李师傅"), ("欧阳建国", "欧阳师傅"), ("Anna Schmidt", "Anna"), ("Anna", "Anna"), ("王小明", "王师傅"),
    ("山田 太郎", "山田"), ("O’Neil Mc", "O’Neil"),
    ("王磊 Wang Lei", "王师傅"), ("欧阳娜 Ouyang Na", "欧阳师傅"), (" 李伟", "李师傅"),
])
def test_what_a_technician_is_called(server, postgres, name, called):
    assert server.is_ready(), "it made the function"
    assert postgres.query(f"SELECT customer_name_of('{name}')") == [[called]]


def test_the_same_id_gives_the_same_link_and_the_secret_is_stored_nowhere(user, work, postgres, world):
    link_id = new_id()
    first = link_to(user, work.visit, link_id=link_id)
    again = user.api.post(f"/v1/visits/{work.visit}/links", json={"id": link_id}, expect=200)
    assert again.headers["Idempotency-Replayed"] == "true" and again.json()["url"] == first["url"]
    user.api.post(f"/v1/work-orders/{work.work_order}/links", json={"id": link_id}, expect=409)
    token = token_of(first)
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    assert raw[:16] == uuid.UUID(world.organisation.id).bytes and len(raw) - 16 >= 16, "at least 128 bits are secret"
    rows = postgres.query(f"SELECT l::text, encode(token_sha256, 'hex') FROM customer_link l WHERE id = '{link_id}'")
    assert rows[0][1] == hashlib.sha256(token.encode()).hexdigest()
    assert token not in rows[0][0] and raw[16:].hex() not in rows[0][0]


def test_a_link_begins_with_the_public_address_and_never_with_a_host_header(user, work, postgres, run_folder, recorder,
                                                                            server):
    response = user.api.post(f"/v1/visits/{work.visit}/links", json={"id": new_id()}, expect=201,
                             headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert response.json()["url"].startswith("/c/")
    public = Server(run_folder / "public", postgres, environment={
        "FIELDPROOF_PUBLIC_URL": "https://service.example", "FIELDPROOF_DATA_DIR": str(server.data_folder),
        "FIELDPROOF_TOKEN_SECRET_FILE": server.environment["FIELDPROOF_TOKEN_SECRET_FILE"]})
    public.start()
    try:
        client = type(user.api)(public.base_url, recorder, user.api.token)
        link = client.post(f"/v1/visits/{work.visit}/links", json={"id": new_id()}, expect=201).json()
    finally:
        public.stop()
    assert link["url"].startswith("https://service.example/c/")


def test_with_another_secret_links_work_but_are_not_told_again(user, work, postgres, run_folder, recorder, server,
                                                               world):
    link = link_to(user, work.visit)
    other = Server(run_folder / "secret", postgres, environment={"FIELDPROOF_DATA_DIR": str(server.data_folder)})
    other.start()
    try:
        stranger = type(user.api)(other.base_url, recorder)
        stranger.get(f"/v1/shared/{token_of(link)}", expect=200)
        logged_in = stranger.post("/v1/auth/log-in", expect=200, json={
            "organisation": world.organisation.slug, "log_in": user.log_in, "password": user.password}).json()
        items = stranger.with_token(logged_in["access_token"]).get(
            f"/v1/visits/{work.visit}/links", expect=200).json()["items"]
    finally:
        other.stop()
    assert [item["url"] for item in items if item["id"] == link["id"]] == [None]


def refusals(customer, token):
    """What every way in says, without what differs between any two requests."""
    paths = ["", "/sheet.pdf", "/documents", f"/photos/{new_id()}/small", f"/photos/{new_id()}/medium"]
    responses = [customer.get(f"/v1/shared/{token}{path}") for path in paths]
    for path, body in (("rating", {"stars": 1}), ("complaints", {"text": "x"}), ("decision", {"decision": "confirmed"})):
        responses.append(customer.post(f"/v1/shared/{token}/{path}", json={"id": new_id(), **body}))
    return [(response.status_code, {**response.json(), "request_id": ""}, sorted(set(response.headers) - {"Date"}))
            for response in responses]


def test_unknown_ill_formed_and_revoked_links_answer_alike(customer, user, work, new_organisation):
    link = link_to(user, work.visit)
    user.api.delete(f"/v1/links/{link['id']}", expect=204)
    user.api.delete(f"/v1/links/{link['id']}", expect=204)
    token = token_of(link)
    raw = base64.urlsafe_b64decode(token)
    flipped = base64.urlsafe_b64encode(raw[:-1] + bytes([raw[-1] ^ 1])).decode()
    elsewhere = base64.urlsafe_b64encode(uuid.UUID(new_organisation().id).bytes + raw[16:]).decode()
    expected = refusals(customer, token)
    assert {(status, problem["code"]) for status, problem, _ in expected} == {(404, "not_found")}
    for other in (flipped, elsewhere, token[:-1], token + "A", "x", "%20", token.swapcase()):
        assert refusals(customer, other) == expected, other


def test_an_expired_link_says_so_and_nothing_else(customer, user, work, postgres):
    link = link_to(user, work.visit)
    shared(customer, link, expect=200)
    postgres.query(f"UPDATE customer_link SET expires_at = now() - interval '1 second' WHERE id = '{link['id']}'")
    for status, problem, _ in refusals(customer, token_of(link)):
        assert (status, problem["code"], problem["detail"]) == (410, "link_expired", "This link has expired; ask for a new one.")
    items = user.api.get(f"/v1/visits/{work.visit}/links", expect=200).json()["items"]
    assert [item["state"] for item in items if item["id"] == link["id"]] == ["expired"]
    user.api.delete(f"/v1/links/{link['id']}", expect=204)
    assert {status for status, _, _ in refusals(customer, token_of(link))} == {404}


def test_looks_are_counted_and_links_listed(customer, user, organisation, world):
    visit = send(user, check_in(world.site, work_order_ids=[world.new_work_order([user.id])]))["visit_id"]
    first, second = link_to(user, visit), link_to(user, visit)
    for _ in range(3):
        shared(customer, first, expect=200)
    shared(customer, first, "/documents", expect=200)
    organisation.user("dispatcher").api.delete(f"/v1/links/{second['id']}", expect=204)
    items = user.api.get(f"/v1/visits/{visit}/links", expect=200).json()["items"]
    assert [(item["id"], item["views"], item["state"]) for item in items] == [
        (second["id"], 0, "revoked"), (first["id"], 3, "active")]
    assert items[0]["revoked_by"]["name"] == "Dispatcher Example" and items[1]["last_viewed_at"]
    assert items[1]["url"] == first["url"]


def test_the_policy_says_how_long_a_link_lives(user, organisation, work):
    manager = organisation.user("manager").api
    policy = manager.get("/v1/organisation/policy", expect=200).json()
    assert policy["customer_page"] == {"photos": "signed", "link_days": 90}
    manager.patch("/v1/organisation/policy", json={"customer_page": {"link_days": 2}}, expect=200)
    link = link_to(user, work.visit)
    assert now(2 * 24 * 60 - 5) < link["expires_at"] < now(2 * 24 * 60 + 5)
    for wrong in ({"link_days": 0}, {"photos": "some"}, {"other": 1}, {}):
        manager.patch("/v1/organisation/policy", json={"customer_page": wrong}, expect=422)
    changed = manager.patch("/v1/organisation/policy", json={"customer_page": {"link_days": None}}, expect=200).json()
    assert changed["customer_page"]["link_days"] == 90


def test_the_policy_says_which_photos_are_shown(customer, user, organisation, work):
    manager = organisation.user("manager").api
    link = link_to(user, work.visit)

    def seen(rule):
        manager.patch("/v1/organisation/policy", json={"customer_page": {"photos": rule}}, expect=200)
        listed = shown_photos(customer, link)
        for photo in work.photos():
            for size in ("small", "medium"):
                response = shared(customer, link, f"/photos/{photo}/{size}")
                assert response.status_code == (200 if photo in listed else 404), (rule, photo)
        return listed

    assert seen("none") == set()
    assert seen("signed") == set(work.signed_photos)
    assert seen("approved") == set()
    assert seen("all") == set(work.photos())
    approve = {"id": new_id(), "decision": "approve"}
    manager.post(f"/v1/photos/{work.late_photo}/reviews", json=approve, expect=201)
    assert seen("approved") == {work.late_photo}
    manager.post(f"/v1/photos/{work.signed_photos[0]}/reviews", expect=201,
                 json={"id": new_id(), "decision": "reject", "reason": "Shows a face."})
    manager.post(f"/v1/visits/{work.visit}/reviews", json={**approve, "id": new_id()}, expect=201)
    assert seen("approved") == {work.signed_photos[1], work.late_photo}
    assert seen("all") == {work.signed_photos[1], work.late_photo}, "what was sent back is never shown"
    assert seen(None) == {work.signed_photos[1]}


def test_a_photo_of_another_visit_or_organisation_is_not_behind_this_link(customer, user, world, run_folder, new_organisation):
    own = Work(world, user, run_folder)
    other_visit = Work(world, user, run_folder)
    folder = run_folder / "other-organisation"
    folder.mkdir()
    stranger = World(new_organisation(), folder).own
    link = link_to(user, own.visit)
    shared(customer, link, f"/photos/{own.signed_photos[0]}/medium", expect=200)
    answers = []
    for photo in (other_visit.signed_photos[0], world.own.photo_stored, stranger.photo_stored, own.late_photo, new_id()):
        response = shared(customer, link, f"/photos/{photo}/medium", expect=404)
        answers.append({**response.json(), "request_id": ""})
    assert all(entry == answers[0] for entry in answers)
    for visit in (other_visit.visit, stranger.visit, new_id()):
        shared(customer, link, "/sheet.pdf", params={"visit": visit}, expect=404)
        refused = answer(customer, link, "rating", stars=1, visit_id=visit, expect=422).json()
        assert [(error["pointer"], error["rule"]) for error in refused["errors"]] == [("/visit_id", "known")]


def test_a_work_orders_link_hides_photos_taken_for_another_one(customer, user, world, run_folder, organisation):
    organisation.user("manager").api.patch("/v1/organisation/policy", json={"customer_page": {"photos": "all"}}, expect=200)
    orders = [world.new_work_order([user.id]) for _ in range(2)]
    photos = [declared(work_order_id=orders[0]), declared(work_order_id=orders[1]), declared()]
    visit = send(user, check_in(world.site, work_order_ids=orders, photos=photos))["visit_id"]
    for number, photo in enumerate(photos):
        put_photo(user, photo["id"], photo_bytes(run_folder, seed=340 + number))
    ids = [photo["id"] for photo in photos]
    assert shown_photos(customer, link_to(user, visit)) == set(ids)
    assert shown_photos(customer, link_to(user, work_order=orders[0])) == {ids[0], ids[2]}
    page = shared(customer, link_to(user, work_order=orders[0]), expect=200).json()
    assert len(page["work_orders"]) == 1
    organisation.user("manager").api.patch("/v1/organisation/policy", json={"customer_page": {"photos": None}}, expect=200)


def test_nothing_is_to_be_kept_or_indexed(customer, user, work):
    link = link_to(user, work.visit)
    photo = sorted(shown_photos(customer, link))[0]
    responses = [shared(customer, link), shared(customer, link, "/documents"), shared(customer, link, "/sheet.pdf"),
                 shared(customer, link, f"/photos/{photo}/small"), customer.get("/v1/shared/unknown"),
                 answer(customer, link, "rating", stars=3), answer(customer, link, "rating", stars=9, expect=422)]
    for response in responses:
        assert response.headers["Cache-Control"] == "private, no-store", response.url
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert "GPS" not in str(response.content[:4000])


def test_the_secret_is_not_in_the_log(customer, user, work, server):
    link = link_to(user, work.visit)
    shared(customer, link, expect=200)
    shared(customer, link, "/sheet.pdf", expect=200)
    log = server.log_path.read_text()
    assert "/v1/shared/{token}" in log and token_of(link) not in log


# --- is this PDF genuine?

def documents(customer, link):
    return {entry["sha256"]: entry for entry in shared(customer, link, "/documents", expect=200).json()["documents"]}


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def test_every_pdf_that_was_given_out_is_genuine_for_ever(customer, user, world, run_folder, organisation):
    """While a photo is on its way the PDF changes its form; each form was given to somebody."""
    content = photo_bytes(run_folder, seed=350)
    photo = declared(sha256=sha256(content))
    visit = send(user, check_in(world.site, work_order_ids=[world.new_work_order([user.id])], photos=[photo]))["visit_id"]
    sign(user, visit, write(user, visit))
    link = link_to(user, visit)
    assert documents(customer, link) == {}
    early = user.api.get(f"/v1/visits/{visit}/sheet.pdf", expect=200).content
    assert shared(customer, link, "/sheet.pdf", expect=200).content == early, "the same bytes every time"
    put_photo(user, photo["id"], content)
    late = shared(customer, link, "/sheet.pdf", expect=200).content
    assert early != late
    first_version = documents(customer, link)
    assert set(first_version) == {sha256(early), sha256(late)}
    assert all(entry["is_latest"] and entry["first_issued_at"] for entry in first_version.values())
    write(user, visit, version=2, corrects_version=1, correction_reason="A slip of the pen", open_before=["Other"])
    assert shared(customer, link, "/sheet.pdf", expect=200).content == late, "a draft changes nothing"
    assert organisation.user("manager").api.get(f"/v1/visits/{visit}/sheet.pdf", expect=200).content == late
    sheet = user.api.get(f"/v1/visits/{visit}/sheet", expect=200).json()
    sign(user, visit, sheet)
    corrected = shared(customer, link, "/sheet.pdf", params={"visit": visit}, expect=200).content
    assert shared(customer, link, "/sheet.pdf", params={"version": 1}, expect=200).content == late
    entries = documents(customer, link)
    assert {digest: entry["is_latest"] for digest, entry in entries.items()} == {
        sha256(early): False, sha256(late): False, sha256(corrected): True}
    assert sha256(late + b" ") not in entries


def test_a_pdf_that_cannot_be_recorded_is_not_given_out(customer, user, world, postgres):
    visit = send(user, check_in(world.site, work_order_ids=[world.new_work_order([user.id])]))["visit_id"]
    sign(user, visit, write(user, visit))
    link = link_to(user, visit)
    postgres.query("REVOKE INSERT ON issued_document FROM fieldproof")
    try:
        assert shared(customer, link, "/sheet.pdf").status_code >= 500
        assert user.api.get(f"/v1/visits/{visit}/sheet.pdf").status_code >= 500
    finally:
        postgres.query("GRANT INSERT ON issued_document TO fieldproof")
    shared(customer, link, "/sheet.pdf", expect=200)
