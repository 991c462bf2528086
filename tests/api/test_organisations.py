"""The first steps of every installation: an organisation, its administrator, its people."""

from support.organisation import PASSWORD, new_id


def organisation_body(organisation_id):
    return {
        "id": organisation_id,
        "slug": f"replay-{organisation_id[:8]}",
        "name": "Fernwärme Süd",
        "language": "en",
        "time_zone": "Europe/Berlin",
        "administrator": {
            "id": new_id(), "log_in": "anna", "name": "Anna", "password": PASSWORD, "language": "en",
        },
    }


def test_creating_an_organisation_again_is_a_replay(api, server):
    operator = api.with_token(server.operator_token)
    body = organisation_body(new_id())
    first = operator.post("/v1/organisations", json=body, expect=201)
    again = operator.post("/v1/organisations", json=body, expect=200)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == first.json()


def test_other_content_under_the_same_id_is_a_conflict(api, server):
    operator = api.with_token(server.operator_token)
    body = organisation_body(new_id())
    operator.post("/v1/organisations", json=body, expect=201)
    answer = operator.post("/v1/organisations", json={**body, "name": "Fernwärme Nord"}, expect=409)
    assert answer.json()["code"] == "content_conflict"


def test_only_the_operator_creates_organisations(api, administrator):
    body = organisation_body(new_id())
    api.post("/v1/organisations", json=body, expect=401)
    administrator.api.post("/v1/organisations", json=body, expect=403)


def test_everybody_reads_the_organisation(organisation, dispatcher, manager, technician):
    for user in (organisation.administrator, dispatcher, manager, technician):
        answer = user.api.get("/v1/organisation", expect=200).json()
        assert (answer["id"], answer["slug"]) == (organisation.id, organisation.slug)


def test_each_person_is_who_they_are(technician, manager):
    for user in (technician, manager):
        me = user.api.get("/v1/me", expect=200).json()
        assert (me["user"]["id"], me["user"]["role"]) == (user.id, user.role)
