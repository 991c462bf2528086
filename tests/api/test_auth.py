"""Log-in, sessions, refresh tokens: who gets in, and for how long."""

import concurrent.futures

import pytest

from support.organisation import PASSWORD, new_id


def credentials(organisation, user, **changes):
    return {"organisation": organisation.slug, "log_in": user.log_in, "password": PASSWORD, **changes}


def log_in(api, organisation, user, expect=200, **changes):
    return api.post("/v1/auth/log-in", expect=expect, json=credentials(organisation, user, **changes)).json()


def refresh(api, token, expect=200):
    return api.post("/v1/auth/refresh", expect=expect, json={"refresh_token": token}).json()


@pytest.fixture
def user(organisation):
    """A technician of this test alone."""
    return organisation.user("technician")


@pytest.fixture
def database(postgres):
    """Runs SQL as the cluster's superuser."""
    return postgres.query


def test_a_log_in_gives_tokens_and_the_user(api, organisation, user):
    answer = log_in(api, organisation, user, device_name="Pixel 8")
    assert answer["token_type"] == "Bearer"
    assert answer["user"]["id"] == user.id
    assert answer["access_token_expires_at"] < answer["refresh_token_expires_at"]
    me = api.with_token(answer["access_token"]).get("/v1/me", expect=200).json()
    assert me["user"] == answer["user"]
    assert me["organisation"]["slug"] == organisation.slug


def test_answers_with_tokens_are_never_stored_by_a_cache(api, organisation, user):
    response = api.post("/v1/auth/log-in", expect=200, json=credentials(organisation, user))
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("changes", [
    {"password": "wrong password"},
    {"log_in": "nobody"},
    {"organisation": "nowhere"},
    {"password": PASSWORD.upper()},
    {"password": PASSWORD + " "},
], ids=lambda changes: "-".join(changes))
def test_every_wrong_log_in_answers_alike(api, organisation, user, changes):
    body = {**credentials(organisation, user), **changes}
    problem = api.post("/v1/auth/log-in", expect=401, json=body).json()
    assert problem["code"] == "log_in_failed"
    assert problem["detail"] == "The organisation, the log-in or the password is wrong."
    assert problem["errors"] == [] and problem["retryable"] is False


def test_a_log_in_is_found_whatever_its_case(api, organisation, user):
    log_in(api, organisation, user, log_in=user.log_in.upper())


def test_the_password_of_another_organisation_is_of_no_use(api, organisation, user, new_organisation):
    other = new_organisation()
    log_in(api, other, user, expect=401)


def test_me_answers_304_to_its_own_tag(user):
    first = user.api.get("/v1/me", expect=200)
    again = user.api.get("/v1/me", expect=304, headers={"If-None-Match": first.headers["ETag"]})
    assert again.text == ""


def test_log_out_takes_effect_at_the_next_request(api, user):
    user.api.post("/v1/auth/log-out", expect=204)
    assert user.api.get("/v1/me", expect=401).json()["code"] == "unauthenticated"
    user.api.post("/v1/auth/log-out", expect=401)
    refresh(api, user.refresh_token, expect=401)


def test_log_out_ends_one_session_only(api, organisation, user):
    other = api.with_token(log_in(api, organisation, user)["access_token"])
    user.api.post("/v1/auth/log-out", expect=204)
    other.get("/v1/me", expect=200)


def test_refreshing_gives_another_pair_of_the_same_session(api, user):
    tokens = refresh(api, user.refresh_token)
    assert tokens["refresh_token"] != user.refresh_token
    api.with_token(tokens["access_token"]).get("/v1/me", expect=200)
    user.api.get("/v1/me", expect=200)
    refresh(api, tokens["refresh_token"])


def test_a_lost_answer_to_a_refresh_is_asked_for_again(api, user):
    refresh(api, user.refresh_token)  # lost on its way
    refresh(api, user.refresh_token)  # lost, too
    tokens = refresh(api, user.refresh_token)
    refresh(api, tokens["refresh_token"])


def test_a_token_whose_successor_was_used_ends_the_session(api, user):
    second = refresh(api, user.refresh_token)
    third = refresh(api, second["refresh_token"])
    assert refresh(api, user.refresh_token, expect=401)["code"] == "unauthenticated"
    refresh(api, third["refresh_token"], expect=401)
    user.api.get("/v1/me", expect=401)
    api.with_token(third["access_token"]).get("/v1/me", expect=401)


def test_a_token_that_comes_back_late_ends_the_session(api, user, database):
    second = refresh(api, user.refresh_token)
    database("UPDATE refresh_token SET used_at = used_at - interval '31 seconds' WHERE used_at IS NOT NULL"
             f" AND session_id IN (SELECT id FROM session WHERE user_id = '{user.id}')")
    refresh(api, user.refresh_token, expect=401)
    refresh(api, second["refresh_token"], expect=401)
    user.api.get("/v1/me", expect=401)


def test_the_siblings_of_a_retried_token_end_with_the_first_that_is_used(api, user, database):
    lost = refresh(api, user.refresh_token)
    found = refresh(api, user.refresh_token)
    refresh(api, found["refresh_token"])
    database("UPDATE refresh_token SET used_at = used_at - interval '31 seconds' WHERE used_at IS NOT NULL"
             f" AND session_id IN (SELECT id FROM session WHERE user_id = '{user.id}')")
    refresh(api, lost["refresh_token"], expect=401)
    user.api.get("/v1/me", expect=401)


def test_two_refreshes_at_once_leave_the_session_alive(api, user):
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: refresh(api, user.refresh_token), range(4)))
    assert len({answer["refresh_token"] for answer in answers}) == 4
    refresh(api, answers[0]["refresh_token"])


@pytest.mark.parametrize("token", ["x", "A" * 64, "!" * 64, "é" * 20])
def test_an_invented_refresh_token_is_refused(api, token):
    assert refresh(api, token, expect=401)["code"] == "unauthenticated"


def test_refresh_tokens_are_stored_as_digests_only(database, user):
    rows = database(f"SELECT count(*) FROM refresh_token t WHERE t::text LIKE '%{user.refresh_token}%'")
    assert rows == [["0"]]


def test_an_expired_session_is_over(api, user, database):
    database(f"UPDATE session SET expires_at = now() WHERE user_id = '{user.id}'")
    user.api.get("/v1/me", expect=401)
    refresh(api, user.refresh_token, expect=401)


def test_a_disabled_user_is_out_at_the_next_request_and_stays_out(api, organisation, user):
    organisation.administrator.api.patch(f"/v1/users/{user.id}", expect=200, json={"disabled": True})
    user.api.get("/v1/me", expect=401)
    refresh(api, user.refresh_token, expect=401)
    assert log_in(api, organisation, user, expect=401)["code"] == "log_in_failed"
    organisation.administrator.api.patch(f"/v1/users/{user.id}", expect=200, json={"disabled": False})
    user.api.get("/v1/me", expect=401)
    log_in(api, organisation, user)


def test_a_disabled_user_is_out_though_the_session_goes_on(api, user, database):
    """As when somebody disables them in the database."""
    database(f"UPDATE app_user SET disabled_at = now() WHERE id = '{user.id}'")
    user.api.get("/v1/me", expect=401)
    refresh(api, user.refresh_token, expect=401)


def test_a_new_role_holds_at_the_next_request(organisation, user):
    user.api.get("/v1/users", expect=403)
    organisation.administrator.api.patch(f"/v1/users/{user.id}", expect=200, json={"role": "manager"})
    user.api.get("/v1/users", expect=200)


def test_a_new_password_ends_the_sessions_of_the_user(api, organisation, user):
    organisation.administrator.api.patch(f"/v1/users/{user.id}", expect=200, json={"password": "another password"})
    user.api.get("/v1/me", expect=401)
    refresh(api, user.refresh_token, expect=401)
    log_in(api, organisation, user, expect=401)
    log_in(api, organisation, user, password="another password")


def test_who_changes_the_own_password_stays_logged_in_here_only(api, new_organisation):
    organisation = new_organisation()
    administrator = organisation.administrator
    other = api.with_token(log_in(api, organisation, administrator)["access_token"])
    administrator.api.patch(f"/v1/users/{administrator.id}", expect=200, json={"password": "another password"})
    administrator.api.get("/v1/me", expect=200)
    other.get("/v1/me", expect=401)


def test_attempts_are_limited_per_account(api, organisation, user):
    answers = [api.post("/v1/auth/log-in", json=credentials(organisation, user, password="wrong")) for _ in range(12)]
    codes = [answer.status_code for answer in answers]
    assert codes == [401] * codes.count(401) + [429] * codes.count(429)
    assert 5 <= codes.count(401) <= 11
    blocked = api.post("/v1/auth/log-in", expect=429, json=credentials(organisation, user, log_in=user.log_in.upper()))
    assert blocked.json()["retryable"] is True
    assert int(blocked.headers["Retry-After"]) > 0
    user.api.get("/v1/me", expect=200)


def test_attempts_at_once_do_not_slip_through_the_limit(api, organisation, user):
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(
            lambda number: api.post("/v1/auth/log-in", json=credentials(organisation, user, password=f"wrong {number}")),
            range(14)))
    assert sum(answer.status_code == 401 for answer in answers) <= 11


def test_a_success_forgets_the_failures_before_it(api, organisation, user):
    for _ in range(3):
        for _ in range(4):
            log_in(api, organisation, user, expect=401, password="wrong")
        log_in(api, organisation, user)


def test_unknown_accounts_are_limited_alike(api, organisation):
    body = {"organisation": organisation.slug, "log_in": f"nobody-{new_id()}", "password": "wrong"}
    codes = [api.post("/v1/auth/log-in", json=body).status_code for _ in range(12)]
    assert codes[-1] == 429


def test_the_throttle_holds_neither_log_ins_nor_addresses(database, user):
    assert database(f"SELECT count(*) FROM log_in_throttle t WHERE t::text LIKE '%{user.log_in}%'") == [["0"]]


@pytest.mark.parametrize("body, pointer", [
    ({}, "/organisation"),
    ({"organisation": "x", "log_in": "x"}, "/password"),
    ({"organisation": "x", "log_in": "x", "password": 1}, "/password"),
    ({"organisation": "x", "log_in": "x", "password": "p" * 129}, "/password"),
    ({"organisation": "x", "log_in": "x", "password": "p", "role": "administrator"}, "/role"),
])
def test_an_ill_formed_log_in_names_the_field(api, body, pointer):
    problem = api.post("/v1/auth/log-in", expect=422, json=body).json()
    assert pointer in [error["pointer"] for error in problem["errors"]]


def test_passwords_and_tokens_stay_out_of_the_log(api, organisation, user, server):
    log_in(api, organisation, user)
    log_in(api, organisation, user, expect=401, password="a secret that is wrong")
    log = server.log_text()
    for secret in (PASSWORD, "a secret that is wrong", user.refresh_token, user.api.token, server.operator_token):
        assert secret not in log
