#include "http_test.h"

#include "server/http/auth.h"

#include <jwt.h>
#include <stdlib.h>

#define NOW_MS INT64_C(1780000000000)

static const char secret[] = "0123456789abcdef0123456789abcdef";
static const struct auth auth = {
    .secret = (const uint8_t *)secret, .secret_bytes = 32, .access_token_s = 900};

static const struct actor somebody = {
    .is_known = true, .org_id = {{1}}, .user_id = {{2}}, .session_id = {{3}}, .role = ROLE_MANAGER};

static const char *issue(struct arena *arena)
{
    const char *token = NULL;
    int64_t expires_at_ms = 0;
    assert_int_equal(auth_token_issue(&auth, arena, &somebody, NOW_MS, &token, &expires_at_ms), 0);
    assert_int_equal(expires_at_ms, NOW_MS + 900 * 1000);
    return token;
}

static void test_auth__accepts_its_own_token(void **state)
{
    struct actor actor;
    assert_int_equal(auth_token_verify(&auth, issue(*state), NOW_MS, &actor), 0);
    assert_true(actor.is_known);
    assert_true(uuid_equal(&actor.org_id, &somebody.org_id));
    assert_true(uuid_equal(&actor.user_id, &somebody.user_id));
    assert_true(uuid_equal(&actor.session_id, &somebody.session_id));
    assert_int_equal(actor.role, 0); /* roles come from the database */
}

static void test_auth__refuses_expired_tokens(void **state)
{
    struct actor actor;
    const char *token = issue(*state);
    assert_int_equal(auth_token_verify(&auth, token, NOW_MS + 899 * 1000, &actor), 0);
    assert_int_equal(auth_token_verify(&auth, token, NOW_MS + 900 * 1000, &actor), -1);
}

static void test_auth__refuses_altered_tokens(void **state)
{
    struct actor actor;
    char *token = arena_strdup(*state, issue(*state));
    for (size_t i = 0; token[i]; i += 7) {
        char kept = token[i];
        token[i] = kept == 'A' ? 'B' : 'A';
        if (strchr(token, '.') && i + 1 < strlen(token))
            assert_int_equal(auth_token_verify(&auth, token, NOW_MS, &actor), -1);
        token[i] = kept;
    }
    assert_int_equal(auth_token_verify(&auth, "", NOW_MS, &actor), -1);
    assert_int_equal(auth_token_verify(&auth, "a.b.c", NOW_MS, &actor), -1);
}

/* A token as our own in all but what the test changes. */
static char *forge(jwt_alg_t algorithm, const char *key, const char *issuer, long expires_s,
                   long not_before_s)
{
    static const char id[] = "01000000-0000-0000-0000-000000000000";
    jwt_t *jwt;
    assert_int_equal(jwt_new(&jwt), 0);
    jwt_add_grant(jwt, "iss", issuer);
    jwt_add_grant(jwt, "sub", id);
    jwt_add_grant(jwt, "org", id);
    jwt_add_grant(jwt, "sid", id);
    if (expires_s)
        jwt_add_grant_int(jwt, "exp", expires_s);
    if (not_before_s)
        jwt_add_grant_int(jwt, "nbf", not_before_s);
    jwt_set_alg(jwt, algorithm, (const unsigned char *)key, key ? (int)strlen(key) : 0);
    char *token = jwt_encode_str(jwt);
    jwt_free(jwt);
    return token;
}

static void test_auth__refuses_forged_tokens(void **state)
{
    (void)state;
    const long now_s = NOW_MS / 1000;
    const struct {
        jwt_alg_t algorithm;
        const char *key, *issuer;
        long expires_s, not_before_s;
        int result;
    } cases[] = {
        {JWT_ALG_HS256, secret, "fieldproof", now_s + 60, 0, 0},
        {JWT_ALG_HS512, secret, "fieldproof", now_s + 60, 0, -1},
        {JWT_ALG_NONE, NULL, "fieldproof", now_s + 60, 0, -1},
        {JWT_ALG_HS256, "another secret of thirty-two byte", "fieldproof", now_s + 60, 0, -1},
        {JWT_ALG_HS256, secret, "somebody", now_s + 60, 0, -1},
        {JWT_ALG_HS256, secret, "fieldproof", 0, 0, -1},
        {JWT_ALG_HS256, secret, "fieldproof", now_s + 60, now_s + 30, -1},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct actor actor;
        char *token = forge(cases[i].algorithm, cases[i].key, cases[i].issuer, cases[i].expires_s,
                            cases[i].not_before_s);
        assert_non_null(token);
        assert_int_equal(auth_token_verify(&auth, token, NOW_MS, &actor), cases[i].result);
        free(token);
    }
}

static void test_auth__refuses_every_token_without_a_key(void **state)
{
    const struct auth keyless = {.secret = NULL, .secret_bytes = 0, .access_token_s = 900};
    struct actor actor;
    const char *token = issue(*state);
    int64_t expires_at_ms;
    assert_int_equal(auth_token_verify(&keyless, token, NOW_MS, &actor), -1);
    assert_int_equal(auth_token_issue(&keyless, *state, &somebody, NOW_MS, &token, &expires_at_ms),
                     -1);
}

static void test_auth__knows_the_operator_key(void **state)
{
    (void)state;
    struct auth with_operator = auth;
    assert_false(auth_token_is_operator(&with_operator, ""));
    assert_int_equal(auth_set_operator(&with_operator, "a long operator key"), 0);
    assert_true(auth_token_is_operator(&with_operator, "a long operator key"));
    assert_false(auth_token_is_operator(&with_operator, "a long operator kez"));
    assert_false(auth_token_is_operator(&with_operator, ""));
}

static void test_auth__reads_bearer_headers(void **state)
{
    (void)state;
    assert_string_equal(auth_bearer_token("Bearer abc"), "abc");
    assert_string_equal(auth_bearer_token("bearer  abc"), "abc");
    assert_null(auth_bearer_token(NULL));
    assert_null(auth_bearer_token("Basic abc"));
    assert_null(auth_bearer_token("Bearer "));
    assert_null(auth_bearer_token("Bearer a b"));
    assert_null(auth_bearer_token("Bearer a, Bearer b"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(test_auth__accepts_its_own_token),
        ARENA_TEST(test_auth__refuses_expired_tokens),
        ARENA_TEST(test_auth__refuses_altered_tokens),
        ARENA_TEST(test_auth__refuses_forged_tokens),
        ARENA_TEST(test_auth__refuses_every_token_without_a_key),
        ARENA_TEST(test_auth__knows_the_operator_key),
        ARENA_TEST(test_auth__reads_bearer_headers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
