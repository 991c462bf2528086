"""What an operation of a batch can be refused for, and what a phone's queue makes of it."""

import re

import pytest

from support import world as make
from support.evidence import send
from support.organisation import new_id
from support.paths import ROOT
from support.phone_day import SETTLED, Day, make_template, operation, outcomes, sync
from support.sample_requests import fresh_log_in
from support.world import check_in, now

# What of the contract's problems an operation of a batch can meet, and what a queue makes of it. The
# session's end ends the batch; the rest belongs to other requests than these four.
THROUGH_SYNC = {
    "invalid_field": "refused", "unknown_reference": "refused", "forbidden": "refused", "not_found": "refused",
    "not_yet_here": "retry_later", "content_conflict": "refused", "state_conflict": "refused",
    "out_of_order": "retry_later", "evidence_awaited": "retry_later", "sheet_changed": "refused", "sheet_signed": "refused", "too_large": "refused",
    "internal": "retry_later", "unavailable": "retry_later", "storage_full": "retry_later",
}
NOT_THROUGH_SYNC = {
    "malformed_request", "invalid_body", "invalid_parameter", "photo_refused", "unauthenticated", "log_in_failed",
    "method_not_allowed", "request_timeout", "duplicate", "referenced", "offset_mismatch", "link_expired", "enrolment_failed",
    "length_required",
    "precondition_failed", "unsupported_version", "unsupported_media_type", "range_not_satisfiable", "upload_locked",
    "too_many_requests", "headers_too_large", "checksum_mismatch", "device_revoked", "removed",
}


def test_every_problem_is_classified():
    text = (ROOT / "server/base/problem.h").read_text(encoding="utf-8").replace("\\\n", "")
    table = dict(re.findall(r'X\(\w+,\s*"(\w+)",\s*\d+,\s*(true|false),', text))
    assert set(table) == set(THROUGH_SYNC) | NOT_THROUGH_SYNC
    assert {code: "retry_later" if table[code] == "true" else "refused" for code in THROUGH_SYNC} == THROUGH_SYNC


@pytest.fixture(scope="module")
def template(world, user):
    return make_template(world, user)


@pytest.fixture
def day(world, user):
    return Day(world, user)


@pytest.fixture(scope="module")
def failing_rows(postgres):
    """Check-ins whose note names a SQLSTATE fail with it; "session" ends every session of the user."""
    postgres.query("""
        CREATE FUNCTION fail_on_demand() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
            IF new.note LIKE 'SQLSTATE _____' THEN
                RAISE EXCEPTION 'on demand' USING ERRCODE = right(new.note, 5);
            END IF;
            IF new.note = 'session' THEN
                UPDATE session SET ended_at = now() WHERE org_id = new.org_id AND user_id = new.user_id;
            END IF;
            RETURN new;
        END $$;
        CREATE TRIGGER fail_on_demand BEFORE INSERT ON check_in FOR EACH ROW EXECUTE FUNCTION fail_on_demand();""")
    yield
    postgres.query("DROP TRIGGER fail_on_demand ON check_in; DROP FUNCTION fail_on_demand()")


def refusals(world, user, template):
    """{code: an operation that meets it}."""
    other, signed = Day(world, user), Day(world, user)
    elements = signed.operations(template)
    assert outcomes(sync(user, list(elements.values()))) == ["accepted"] * 6
    taken = {**signed.arrival, "note": "other content"}
    far, unknown = check_in(world.site), check_in(new_id())
    far["fix"]["longitude"] = 181
    other.sheet["done"] = []
    elements_of_other = other.operations(template)
    sync(user, [elements_of_other[name] for name in ("accept", "departure", "sheet")])
    awaited = elements_of_other["signature"]["body"]
    changed = {**awaited, "id": new_id(), "document": None, "document_sha256": "0" * 64}
    shown = send(user, check_in(world.site))["visit_id"]
    user.api.put(f"/v1/visits/{shown}/sheet", json=make.sheet(), expect=200)
    late = {**elements["signature"]["body"], "id": new_id()}
    long = {**make.sheet(), "open_before": ["x" * 4000] * 70}
    return {
        "invalid_field": operation("createCheckIn", far),
        "unknown_reference": operation("createCheckIn", unknown),
        "forbidden": operation("transitionWorkOrder", {"to": "closed"}, work_order_id=signed.work_order),
        "not_found": operation("transitionWorkOrder", {"to": "done"}, work_order_id=new_id()),
        "not_yet_here": operation("putSheet", make.sheet(), visit_id=new_id()),
        "content_conflict": operation("createCheckIn", taken),
        "state_conflict": operation("transitionWorkOrder", {"to": "on_site"}, work_order_id=signed.work_order),
        "out_of_order": operation("signSheet", {**changed, "sheet_version": 2}, visit_id=other.visit),
        "evidence_awaited": operation("signSheet", awaited, visit_id=other.visit),
        "sheet_changed": operation("signSheet", changed, visit_id=shown),
        "sheet_signed": operation("signSheet", late, visit_id=signed.visit),
        "too_large": operation("putSheet", long, visit_id=other.visit),
        "internal": operation("createCheckIn", check_in(world.site, note="SQLSTATE XX000")),
        "unavailable": operation("createCheckIn", check_in(world.site, note="SQLSTATE 40001")),
        "storage_full": operation("createCheckIn", check_in(world.site, note="SQLSTATE 53100")),
    }


@pytest.mark.usefixtures("failing_rows")
def test_each_problem_through_sync(world, user, template):
    asked = refusals(world, user, template)
    good = operation("createCheckIn", check_in(world.site))
    results = sync(user, [*asked.values(), good])
    got = {code: (result["problem"] or {}).get("code") for code, result in zip(asked, results)}
    assert got == {code: code for code in THROUGH_SYNC}
    assert {code: result["outcome"] for code, result in zip(asked, results)} == THROUGH_SYNC
    for result in results[:-1]:
        retryable = result["outcome"] == "retry_later"
        assert result["problem"]["retryable"] is retryable and (result["retry_after_s"] is not None) is retryable
        assert result["status"] == result["problem"]["status"] and result["body"] is None
    assert results[-1]["outcome"] == "accepted"


@pytest.mark.usefixtures("failing_rows")
def test_what_depends_on_what_failed_waits(day, user, template):
    """The arrival finds no room; the departure makes the visit; a sheet would now be judged without its arrival."""
    elements = day.operations(template)
    elements["arrival"]["body"] = {**day.arrival, "note": "SQLSTATE 53100"}
    results = dict(zip(elements, sync(user, list(elements.values()))))
    assert {name: result["outcome"] for name, result in results.items()} == {
        "accept": "accepted", "arrival": "retry_later", "sheet": "retry_later", "signature": "retry_later",
        "departure": "accepted", "done": "retry_later"}
    assert results["arrival"]["status"] == 507
    for name in ("sheet", "signature", "done"):
        assert results[name]["problem"]["code"] == "out_of_order" and "operation 1 " in results[name]["problem"]["detail"]
    elements["arrival"]["body"] = day.arrival
    assert set(outcomes(sync(user, list(elements.values())))) <= SETTLED
    day.check_is_complete()


@pytest.mark.usefixtures("failing_rows")
def test_a_session_that_ends_ends_the_batch(organisation, world):
    user = organisation.user("technician")
    last = operation("createCheckIn", check_in(world.site, note="session", captured_at=now(-30)))
    after = operation("createCheckIn", check_in(world.site, captured_at=now(-20)))
    problem = sync(user, [after, last], expect=401)
    assert problem["code"] == "unauthenticated" and problem["retryable"] is False
    user.api = user.api.with_token(fresh_log_in(world, user)["access_token"])
    assert outcomes(sync(user, [after, last])) == ["accepted", "replayed"]
