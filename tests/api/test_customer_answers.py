"""What customers answer behind their links, and how often they may."""

import base64
import concurrent.futures
import time
import uuid

import pytest

from support.customer_links import answer, customer, link_to, make_work, shared
from support.evidence import send
from support.organisation import new_id
from support.server import Server
from support.world import check_in, token_of


# --- what customers answer

def test_answers_are_kept_and_the_organisation_reads_them(customer, user, organisation, world):
    orders = [world.new_work_order([user.id])]
    visit = send(user, check_in(world.site, work_order_ids=orders))["visit_id"]
    link, order_link = link_to(user, visit), link_to(user, work_order=orders[0])
    rating = answer(customer, link, "rating", stars=2, comment="<script>alert(1)</script>").json()
    complaint = answer(customer, order_link, "complaints", text="还在漏水").json()
    disputed = answer(customer, order_link, "decision", decision="disputed", reason="Nobody rang.", visit_id=visit).json()
    confirmed = answer(customer, link, "decision", decision="confirmed").json()
    made = [rating, complaint, disputed, confirmed]
    assert {entry["visit_id"] for entry in made} == {visit}
    assert rating["text"] == "<script>alert(1)</script>"
    assert [entry["id"] for entry in shared(customer, link, expect=200).json()["responses"]] == [rating["id"], confirmed["id"]]
    dispatcher = organisation.user("dispatcher").api

    def listed(**params):
        items = dispatcher.get("/v1/customer-responses", params=params, expect=200).json()["items"]
        return [entry["id"] for entry in items]

    newest_first = [entry["id"] for entry in reversed(made)]
    assert listed(visit_id=visit) == newest_first
    assert listed(work_order_id=orders[0]) == newest_first
    assert listed(visit_id=visit, kind="decision") == [confirmed["id"], disputed["id"]]
    assert listed(**{"visit_id": visit, "from": complaint["received_at"], "to": disputed["received_at"]}) in (
        [complaint["id"]], [complaint["id"], rating["id"]])
    assert listed(visit_id=visit, limit=2) == newest_first[:2]
    entry = dispatcher.get("/v1/customer-responses", params={"visit_id": visit}, expect=200).json()["items"][1]
    assert (entry["text"], entry["site"]["id"], entry["customer"]["id"], entry["work_order_id"], entry["link_id"]) == (
        "Nobody rang.", world.site, world.customer, orders[0], order_link["id"])


@pytest.mark.parametrize("path, body, pointer, rule", [
    ("rating", {}, "/stars", "required"), ("rating", {"stars": 0}, "/stars", "minimum"),
    ("rating", {"stars": 6}, "/stars", "maximum"), ("rating", {"stars": 4.5}, "/stars", "type"),
    ("rating", {"stars": 4, "comment": "x" * 2001}, "/comment", "maxLength"),
    ("complaints", {}, "/text", "required"), ("complaints", {"text": " 　"}, "/text", "required"),
    ("decision", {"decision": "maybe"}, "/decision", "enum"),
    ("decision", {"decision": "disputed"}, "/reason", "required"),
    ("decision", {"decision": "disputed", "reason": " "}, "/reason", "required"),
    ("decision", {"decision": "confirmed", "stars": 5}, "/stars", "additionalProperties"),
])
def test_a_wrong_answer_is_told_which_field_and_rule(customer, user, work, path, body, pointer, rule):
    refused = answer(customer, link_to(user, work.visit), path, expect=422, **body).json()
    assert [(error["pointer"], error["rule"]) for error in refused["errors"]] == [(pointer, rule)]


def test_an_answer_counts_once_and_is_never_changed(customer, user, work, postgres):
    link, other = link_to(user, work.visit), link_to(user, work.visit)
    body = {"id": new_id(), "stars": 4}
    path = f"/v1/shared/{token_of(link)}/rating"
    first = customer.post(path, json=body, expect=201).json()
    again = customer.post(path, json=body, expect=200)
    assert again.json() == first and again.headers["Idempotency-Replayed"] == "true"
    customer.post(path, json={**body, "stars": 1}, expect=409)
    customer.post(f"/v1/shared/{token_of(other)}/rating", json=body, expect=409)
    assert postgres.query(f"SELECT stars FROM customer_response WHERE id = '{body['id']}'") == [["4"]]
    privileges = postgres.query(
        "SELECT string_agg(privilege_type, ' ' ORDER BY privilege_type) FROM information_schema.role_table_grants"
        " WHERE table_name IN ('customer_response', 'issued_document') AND grantee = 'fieldproof' GROUP BY table_name")
    assert privileges == [["INSERT SELECT"]] * 2


def test_answers_and_requests_have_limits(user, work, postgres, run_folder, recorder, server):
    limited = Server(run_folder / "shared-limits", postgres, environment={
        "FIELDPROOF_SHARED_REQUESTS": "12", "FIELDPROOF_SHARED_RESPONSES": "3", "FIELDPROOF_SHARED_WINDOW_S": "3600",
        "FIELDPROOF_DATA_DIR": str(server.data_folder), "FIELDPROOF_TRUSTED_PROXY": "127.0.0.1",
        "FIELDPROOF_TOKEN_SECRET_FILE": server.environment["FIELDPROOF_TOKEN_SECRET_FILE"]})
    limited.start()
    try:
        customer = type(user.api)(limited.base_url, recorder)
        first, second = link_to(user, work.visit), link_to(user, work.visit)

        def get(link, address, path=""):
            return customer.get(f"/v1/shared/{token_of(link)}{path}", headers={"X-Forwarded-For": address})

        def rate(body):
            return customer.post(f"/v1/shared/{token_of(first)}/rating", json=body,
                                 headers={"X-Forwarded-For": "192.0.2.200"}).status_code

        bodies = [{"id": new_id(), "stars": 3} for _ in range(4)]
        assert [rate(body) for body in bodies] == [201, 201, 201, 429], "no more in this hour"
        assert rate(bodies[0]) == 200
        assert postgres.query(f"SELECT count(*) FROM customer_response WHERE link_id = '{first['id']}'") == [["3"]]

        codes = [get(second, f"192.0.2.{number}").status_code for number in range(14)]
        assert codes == [200] * 12 + [429] * 2, "whatever the address"
        refused = get(second, "192.0.2.99")
        assert refused.json()["retryable"] and 3000 < int(refused.headers["Retry-After"]) <= 3600
        assert get(first, "192.0.2.1").status_code == 200, "another link is not touched by that"

        guesses = [{"url": "/c/" + base64.urlsafe_b64encode(uuid.uuid4().bytes * 2 + b"1234").decode()} for _ in range(140)]
        codes = [get(guess, f"2001:db8:1:1::{number:x}").status_code for number, guess in enumerate(guesses)]
        assert set(codes[:120]) == {404} and codes[-1] == 429, "one network guesses"
        rows = int(postgres.query("SELECT count(*) FROM shared_throttle")[0][0])
        assert rows < 100, "what is guessed leaves no rows"
    finally:
        limited.stop()


def test_many_answers_at_once_do_not_slip_through_the_limit(user, work, postgres, run_folder, recorder, server):
    """All of them have come before the first is stored."""
    limited = Server(run_folder / "shared-at-once", postgres, environment={
        "FIELDPROOF_SHARED_RESPONSES": "2", "FIELDPROOF_DATA_DIR": str(server.data_folder),
        "FIELDPROOF_TOKEN_SECRET_FILE": server.environment["FIELDPROOF_TOKEN_SECRET_FILE"]})
    limited.start()
    try:
        customer = type(user.api)(limited.base_url, recorder)
        link = link_to(user, work.visit)

        def rate(_):
            return customer.post(f"/v1/shared/{token_of(link)}/rating", json={"id": new_id(), "stars": 3}).status_code

        with concurrent.futures.ThreadPoolExecutor(6) as threads:
            with postgres.transaction("LOCK TABLE customer_response IN SHARE ROW EXCLUSIVE MODE"):
                rated = threads.map(rate, range(6))
                deadline = time.monotonic() + 30
                while postgres.query("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted") != [["6"]]:
                    assert time.monotonic() < deadline, "not all of them came"
            assert sorted(rated) == [201] * 2 + [429] * 4
        assert postgres.query(f"SELECT count(*) FROM customer_response WHERE link_id = '{link['id']}'") == [["2"]]
    finally:
        limited.stop()


def test_a_pdf_counts_for_many_requests(user, work, postgres, run_folder, recorder, server):
    limited = Server(run_folder / "pdf-limits", postgres, environment={
        "FIELDPROOF_SHARED_REQUESTS": "50", "FIELDPROOF_SHARED_WINDOW_S": "3600",
        "FIELDPROOF_DATA_DIR": str(server.data_folder), "FIELDPROOF_TRUSTED_PROXY": "127.0.0.1",
        "FIELDPROOF_TOKEN_SECRET_FILE": server.environment["FIELDPROOF_TOKEN_SECRET_FILE"]})
    limited.start()
    try:
        customer = type(user.api)(limited.base_url, recorder)
        path = f"/v1/shared/{token_of(link_to(user, work.visit))}/sheet.pdf"
        codes = [customer.get(path, headers={"X-Forwarded-For": "192.0.2.201"}).status_code for _ in range(3)]
        assert codes == [200, 200, 429]
    finally:
        limited.stop()


def test_a_link_can_be_answered_three_hundred_times(customer, user, work, postgres, world):
    link = link_to(user, work.visit)
    postgres.query(f"""INSERT INTO customer_response (org_id, id, link_id, visit_id, kind, stars, received_at, content_sha256)
        SELECT '{world.organisation.id}', gen_random_uuid(), '{link['id']}', '{work.visit}', 'rating', 5,
               now() - interval '2 hours', '' FROM generate_series(1, 300)""")
    assert answer(customer, link, "rating", stars=5, expect=409).json()["code"] == "state_conflict"


def test_an_answered_work_order_cannot_be_deleted_an_unanswered_one_can(customer, world):
    asked, answered = world.new_work_order(), world.new_work_order()
    link_to(world.administrator, work_order=asked)
    answer(customer, link_to(world.administrator, work_order=answered), "complaints", text="Late.")
    world.api.delete(f"/v1/work-orders/{asked}", expect=204)
    assert world.api.delete(f"/v1/work-orders/{answered}", expect=409).json()["code"] == "referenced"
