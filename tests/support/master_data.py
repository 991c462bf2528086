"""Customers, sites and assets to test with, and walking lists."""

from support.organisation import new_id


def customer(**members):
    return {"id": new_id(), "name": "海底捞（上海）餐饮有限公司", "tier": "gold", "language": "zh", **members}


def site(customer_id, **members):
    return {
        "id": new_id(), "customer_id": customer_id, "name": "人民广场店", "time_zone": "Asia/Shanghai",
        "datum": "wgs84", "position": {"latitude": 31.2323, "longitude": 121.469182}, "radius_m": 120, **members,
    }


def asset(site_id, **members):
    return {"id": new_id(), "site_id": site_id, "name": "冷库压缩机 2#", **members}


def create(user, path, body):
    """Creates it and returns its id."""
    return user.api.post(path, json=body, expect=201).json()["id"]


def walk(api, path, params=None, after_page=lambda: None):
    """Every item of a list, page by page; `after_page` is called between pages."""
    params = dict(params or {})
    items = []
    while True:
        page = api.get(path, params=params, expect=200).json()
        items += page["items"]
        if page["next_cursor"] is None:
            return items
        params["cursor"] = page["next_cursor"]
        after_page()


def names(items):
    return [item["name"] for item in items]


def refusals(response, status):
    """(pointer, rule) of each broken rule of a refusal with that status."""
    assert response.status_code == status, response.text
    return [(error["pointer"], error["rule"]) for error in response.json()["errors"]]
