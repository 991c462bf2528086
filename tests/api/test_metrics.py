"""What /metrics counts of the work that was done."""

import re

from support.evidence import declared, fix_at, photo_bytes, put_photo, send
from support.organisation import PASSWORD
from support.world import check_in


def figures(api):
    text = api.get("/metrics", expect=200).text
    return {name: float(value) for name, value in re.findall(r"^(\S+) (\S+)$", text, re.MULTILINE)}


def test_a_check_in_is_counted(world, api, run_folder):
    user = world.own.user
    before = figures(api)
    body = check_in(world.site, fix=fix_at(east_m=3), photos=[declared()])
    send(user, body, photo_bytes(run_folder, seed=81))
    send(user, body, expect=200)
    other = check_in(world.site, fix=fix_at(east_m=5), photos=[declared()])
    send(user, other)
    put_photo(user, other["photos"][0]["id"], b"no photo", expect=422)
    api.post("/v1/auth/log-in", expect=401, json={
        "organisation": world.organisation.slug, "log_in": "nobody", "password": PASSWORD})
    after = figures(api)
    grown = {name for name in after if after[name] > before.get(name, 0)}
    for name in (
        'fieldproof_check_ins_total{verdict="accepted"}', 'fieldproof_findings_total{code="geofence_inside"}',
        'fieldproof_photos_total{status="photo_ok"}', 'fieldproof_photos_total{status="photo_not_jpeg"}',
        'fieldproof_photo_bytes_total{kind="original"}', 'fieldproof_replays_total{operation="createCheckIn"}',
        'fieldproof_log_ins_total{outcome="log_in_failed"}', 'fieldproof_refusals_total{code="photo_refused"}',
        *(f'fieldproof_photo_stage_seconds_count{{stage="{stage}"}}'
          for stage in ("receive", "decode", "store", "commit")),
    ):
        assert name in grown, (name, sorted(grown))
    assert after['fieldproof_check_ins_total{verdict="accepted"}'] - before.get(
        'fieldproof_check_ins_total{verdict="accepted"}', 0) == 2
