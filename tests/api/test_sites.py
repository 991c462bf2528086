"""Sites: their geometry in three datums, circles and polygons, and what cannot be a fence."""

import math

import pytest

from support.datums import FROM_WGS84
from support.master_data import create, customer, names, refusals, site, walk
from support.organisation import new_id

OUTER = [[121.460, 31.220], [121.480, 31.220], [121.480, 31.240], [121.460, 31.240], [121.460, 31.220]]
HOLE = [[121.465, 31.225], [121.465, 31.230], [121.470, 31.230], [121.470, 31.225], [121.465, 31.225]]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


@pytest.fixture(scope="module")
def customer_id(dispatcher):
    return create(dispatcher, "/v1/customers", customer())


def forth(datum, longitude, latitude):
    """The point in `datum`, in GeoJSON's order."""
    latitude, longitude = FROM_WGS84[datum](latitude, longitude)
    return [longitude, latitude]


def test_create__answers_every_field_as_given(dispatcher, customer_id):
    body = site(customer_id, code="S-2001", address="上海市黄浦区西藏中路268号", entry_accuracy_m=30.5,
                minimum_minutes=15, note="货梯在地下一层。")
    created = dispatcher.api.post("/v1/sites", json=body, expect=201).json()
    assert {name: created[name] for name in body} == body
    assert created["customer_name"] == "海底捞（上海）餐饮有限公司"
    assert created["polygon"] is None
    assert created["wgs84"] == {"position": body["position"], "polygon": None}
    again = dispatcher.api.post("/v1/sites", json=body, expect=200)
    assert (again.headers["Idempotency-Replayed"], again.json()) == ("true", created)
    refused = dispatcher.api.post("/v1/sites", json={**body, "radius_m": 121}, expect=409).json()
    assert refused["code"] == "content_conflict"


@pytest.mark.parametrize("datum", ["wgs84", "gcj02", "bd09"])
@pytest.mark.parametrize("position", [
    {"latitude": 31.230416, "longitude": 121.473701},
    {"latitude": 39.908823, "longitude": 116.39747},
    {"latitude": 50.1116, "longitude": 8.6821},
])
def test_datums__given_and_wgs84_stand_side_by_side(dispatcher, customer_id, datum, position):
    body = site(customer_id, datum=datum, position=position)
    created = dispatcher.api.post("/v1/sites", json=body, expect=201).json()
    assert (created["datum"], created["position"]) == (datum, position)
    wgs84 = created["wgs84"]["position"]
    if datum == "wgs84" or position["longitude"] < 72:
        assert wgs84 == position
    else:
        back = FROM_WGS84[datum](wgs84["latitude"], wgs84["longitude"])
        assert back == pytest.approx((position["latitude"], position["longitude"]), abs=1e-9)
        assert abs(wgs84["longitude"] - position["longitude"]) > 0.001


@pytest.mark.parametrize("datum", ["wgs84", "gcj02", "bd09"])
def test_polygons__with_a_hole_in_every_datum(dispatcher, customer_id, datum):
    given = polygon(OUTER, HOLE)
    body = site(customer_id, datum=datum, polygon=given, radius_m=None)
    created = dispatcher.api.post("/v1/sites", json=body, expect=201).json()
    assert created["polygon"] == given
    assert created["radius_m"] is None
    wgs84 = created["wgs84"]["polygon"]
    assert [len(ring) for ring in wgs84["coordinates"]] == [5, 5]
    for given_ring, ring in zip(given["coordinates"], wgs84["coordinates"]):
        assert ring[0] == ring[-1]
        for given_point, point in zip(given_ring, ring):
            assert forth(datum, *point) == pytest.approx(given_point, abs=1e-9)
    assert (wgs84 == given) == (datum == "wgs84")


BOW_TIE = [[121.46, 31.22], [121.48, 31.24], [121.48, 31.22], [121.46, 31.23], [121.46, 31.22]]
EIGHT = [[121.46, 31.22], [121.48, 31.24], [121.48, 31.22], [121.46, 31.24], [121.46, 31.22]]
FAR_HOLE = [[122.465, 31.225], [122.465, 31.230], [122.470, 31.230], [122.465, 31.225]]
HUGE = [[110, 20], [120, 20], [120, 30], [110, 30], [110, 20]]
OPEN = OUTER[:-1] + [[121.461, 31.221]]
LINE = [[121.46, 31.22], [121.48, 31.22], [121.46, 31.22], [121.48, 31.22], [121.46, 31.22]]


@pytest.mark.parametrize("rings, rule, word", [
    ([BOW_TIE], "polygon", "crosses"),
    ([EIGHT], "polygon", "crosses"),
    ([OUTER, FAR_HOLE], "polygon", "hole"),
    ([OUTER, HOLE, HOLE], "polygon", ""),
    ([HUGE], "polygon", "km"),
    ([OPEN], "closed", "repeat"),
    ([LINE], "polygon", ""),
])
def test_polygons__refused_with_the_reason(dispatcher, customer_id, rings, rule, word):
    body = site(customer_id, polygon=polygon(*rings), radius_m=None)
    answer = dispatcher.api.post("/v1/sites", json=body)
    assert refusals(answer, 422) == [("/polygon", rule)]
    assert word in answer.json()["errors"][0]["detail"]
    dispatcher.api.get(f"/v1/sites/{body['id']}", expect=404)


@pytest.mark.parametrize("wrong, pointer, rule", [
    ({"position": {"latitude": 90.5, "longitude": 0}}, "/position/latitude", "maximum"),
    ({"position": {"latitude": 0, "longitude": -180.1}}, "/position/longitude", "minimum"),
    ({"position": {"latitude": 0}}, "/position/longitude", "required"),
    ({"position": None}, "/position", "type"),
    ({"datum": "mars"}, "/datum", "enum"),
    ({"radius_m": 0.5}, "/radius_m", "minimum"),
    ({"radius_m": 200001}, "/radius_m", "maximum"),
    ({"radius_m": "120"}, "/radius_m", "type"),
    ({"time_zone": "Asia/Atlantis"}, "/time_zone", "time_zone"),
    ({"time_zone": "asia/shanghai"}, "/time_zone", "time_zone"),
    ({"time_zone": "UTC+8"}, "/time_zone", "time_zone"),
    ({"time_zone": "posix/Asia/Shanghai"}, "/time_zone", "time_zone"),
    ({"time_zone": "Asia/Shanghai; DROP"}, "/time_zone", "format"),
    ({"polygon": {"type": "Point", "coordinates": OUTER}, "radius_m": None}, "/polygon/type", "const"),
    ({"polygon": polygon([[1, 2]]), "radius_m": None}, "/polygon/coordinates/0", "minItems"),
    ({"polygon": polygon([[1, 2, 3]] * 4), "radius_m": None}, "/polygon/coordinates/0/0", "maxItems"),
    ({"minimum_minutes": 1.5}, "/minimum_minutes", "type"),
    ({"customer_id": new_id()}, "/customer_id", "unknown_reference"),
    ({"wgs84": None}, "/wgs84", "additionalProperties"),
    ({"latitude_deg": 1}, "/latitude_deg", "additionalProperties"),
])
def test_create__refusals_name_pointer_and_rule_and_leave_no_row(dispatcher, customer_id, wrong, pointer, rule):
    body = {**site(customer_id), **wrong}
    assert (pointer, rule) in refusals(dispatcher.api.post("/v1/sites", json=body), 422)
    dispatcher.api.get(f"/v1/sites/{body['id']}", expect=404)


@pytest.mark.parametrize("fence", [{"radius_m": None}, {"polygon": polygon(OUTER)}])
def test_create__a_radius_or_a_polygon_and_not_both(dispatcher, customer_id, fence):
    body = {**site(customer_id), **fence}
    assert dispatcher.api.post("/v1/sites", json=body).status_code == 422
    dispatcher.api.get(f"/v1/sites/{body['id']}", expect=404)


def test_change__plain_fields_leave_the_geometry(dispatcher, customer_id):
    body = site(customer_id, datum="gcj02")
    created = dispatcher.api.post("/v1/sites", json=body, expect=201).json()
    changed = dispatcher.api.patch(f"/v1/sites/{body['id']}", expect=200, headers={"If-Match": '"1"'}, json={
        "name": "南京路店", "time_zone": "Asia/Urumqi", "note": "n", "minimum_minutes": 5,
    }).json()
    kept = ("datum", "position", "radius_m", "polygon", "wgs84", "code", "customer_id", "created_at")
    assert {name: changed[name] for name in kept} == {name: created[name] for name in kept}
    assert (changed["name"], changed["time_zone"], changed["version"]) == ("南京路店", "Asia/Urumqi", 2)
    dispatcher.api.patch(f"/v1/sites/{body['id']}", json={"note": None}, headers={"If-Match": '"1"'}, expect=412)


def test_change__position_alone_is_in_the_datum_that_stays(dispatcher, customer_id):
    path = "/v1/sites/" + create(dispatcher, "/v1/sites", site(customer_id, datum="bd09"))
    position = {"latitude": 39.915, "longitude": 116.404}
    wgs84 = dispatcher.api.patch(path, json={"position": position}, expect=200).json()["wgs84"]["position"]
    assert FROM_WGS84["bd09"](wgs84["latitude"], wgs84["longitude"]) == pytest.approx((39.915, 116.404), abs=1e-9)


def test_change__a_new_datum_needs_new_coordinates(dispatcher, customer_id):
    path = "/v1/sites/" + create(dispatcher, "/v1/sites", site(customer_id, polygon=polygon(OUTER), radius_m=None))
    position = {"latitude": 31.23, "longitude": 121.47}
    assert refusals(dispatcher.api.patch(path, json={"datum": "gcj02"}), 422) == [("/position", "required")]
    refused = dispatcher.api.patch(path, json={"datum": "gcj02", "position": position})
    assert refusals(refused, 422) == [("/polygon", "required")]
    assert dispatcher.api.get(path).json()["version"] == 1
    changed = dispatcher.api.patch(path, expect=200, json={
        "datum": "gcj02", "position": position, "polygon": polygon(OUTER),
    }).json()
    assert changed["wgs84"]["position"] != position
    assert forth("gcj02", *changed["wgs84"]["polygon"]["coordinates"][0][0]) == pytest.approx(OUTER[0], abs=1e-9)
    assert dispatcher.api.patch(path, json={"datum": "gcj02"}, expect=200).json()["version"] == 2


def test_change__between_circle_and_polygon(dispatcher, customer_id):
    path = "/v1/sites/" + create(dispatcher, "/v1/sites", site(customer_id, datum="gcj02"))
    assert refusals(dispatcher.api.patch(path, json={"polygon": polygon(OUTER)}), 422) == [("/radius_m", "one_of")]
    assert refusals(dispatcher.api.patch(path, json={"radius_m": None}), 422) == [("/radius_m", "one_of")]
    refused = dispatcher.api.patch(path, json={"polygon": polygon(BOW_TIE), "radius_m": None})
    assert refusals(refused, 422) == [("/polygon", "polygon")]
    assert dispatcher.api.get(path).json()["version"] == 1
    changed = dispatcher.api.patch(path, json={"polygon": polygon(OUTER), "radius_m": None}, expect=200).json()
    assert (changed["polygon"], changed["radius_m"]) == (polygon(OUTER), None)
    assert forth("gcj02", *changed["wgs84"]["polygon"]["coordinates"][0][1]) == pytest.approx(OUTER[1], abs=1e-9)
    circle = dispatcher.api.patch(path, json={"polygon": None, "radius_m": 80}, expect=200).json()
    assert (circle["polygon"], circle["wgs84"]["polygon"], circle["radius_m"]) == (None, None, 80)


def test_change__time_zone_must_exist(dispatcher, customer_id):
    path = "/v1/sites/" + create(dispatcher, "/v1/sites", site(customer_id))
    refused = dispatcher.api.patch(path, json={"time_zone": "Europe/Atlantis"})
    assert refusals(refused, 422) == [("/time_zone", "time_zone")]
    assert "Europe/Atlantis" in refused.json()["detail"]


def circle_of_points(count):
    angles = [2 * math.pi * i / count for i in range(count)]
    points = [[round(121.47 + 0.01 * math.cos(a), 7), round(31.23 + 0.01 * math.sin(a), 7)] for a in angles]
    return points + points[:1]


def test_polygon__of_five_thousand_points_and_one_more(dispatcher, customer_id):
    body = site(customer_id, polygon=polygon(circle_of_points(4999)), radius_m=None)
    created = dispatcher.api.post("/v1/sites", json=body, expect=201).json()
    assert created["polygon"] == body["polygon"]
    too_many = site(customer_id, polygon=polygon(circle_of_points(2600), circle_of_points(2600)), radius_m=None)
    refused = dispatcher.api.post("/v1/sites", json=too_many)
    assert refusals(refused, 422) == [("/polygon", "polygon")]


def test_list__of_huge_polygons_comes_in_shorter_pages(new_organisation):
    administrator = new_organisation().administrator
    customer_id = create(administrator, "/v1/customers", customer())
    ids = {create(administrator, "/v1/sites", site(customer_id, polygon=polygon(circle_of_points(4999)), radius_m=None))
           for _ in range(12)}
    page = administrator.api.get("/v1/sites", params={"limit": 200}, expect=200).json()
    assert 1 < len(page["items"]) < 12
    assert page["next_cursor"]
    walked = [item["id"] for item in walk(administrator.api, "/v1/sites", {"limit": 200})]
    assert len(walked) == 12 and set(walked) == ids


def test_list__filters(dispatcher):
    mine, yours = (create(dispatcher, "/v1/customers", customer()) for _ in range(2))
    for name, code, address in (("人民广场店", "RM-1", "黄浦区"), ("南京路店", "NJ-1", "静安区"), ("Lager", None, None)):
        create(dispatcher, "/v1/sites", site(mine, name=name, code=code, address=address))
    create(dispatcher, "/v1/sites", site(yours, name="别家店"))
    of_mine = {"customer_id": mine}
    assert names(walk(dispatcher.api, "/v1/sites", {**of_mine, "limit": 1})) == ["Lager", "人民广场店", "南京路店"]
    for part, found in (("广场", ["人民广场店"]), ("nj-", ["南京路店"]), ("静安", ["南京路店"]), ("_", []), ("店", ["人民广场店", "南京路店"])):
        assert names(walk(dispatcher.api, "/v1/sites", {**of_mine, "q": part})) == found


def test_delete__refused_while_assets_refer(dispatcher, customer_id):
    site_id = create(dispatcher, "/v1/sites", site(customer_id))
    asset_id = create(dispatcher, "/v1/assets", {"id": new_id(), "site_id": site_id, "name": "Pumpe"})
    refused = dispatcher.api.delete(f"/v1/sites/{site_id}", expect=409).json()
    assert (refused["code"], refused["detail"]) == ("referenced", "An asset still refers to this.")
    dispatcher.api.delete(f"/v1/assets/{asset_id}", expect=204)
    dispatcher.api.delete(f"/v1/sites/{site_id}", expect=204)
    dispatcher.api.get(f"/v1/sites/{site_id}", expect=404)


def test_other_organisation__is_unknown(dispatcher, customer_id, new_organisation):
    path = "/v1/sites/" + create(dispatcher, "/v1/sites", site(customer_id))
    stranger = new_organisation().administrator.api
    stranger.get(path, expect=404)
    stranger.patch(path, json={"name": "mine"}, expect=404)
    stranger.delete(path, expect=404)
    refused = stranger.post("/v1/sites", json=site(customer_id))
    assert refusals(refused, 422) == [("/customer_id", "unknown_reference")]
    assert walk(stranger, "/v1/sites") == []
