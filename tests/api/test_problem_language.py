"""Refusals come in the reader's language: code, rule and pointer stay, what people read is Chinese when they ask for it."""

import pytest

from support.organisation import new_id

CHINESE = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"}
SITES = ("code,customer_code,name,time_zone,datum,latitude,longitude,radius_m\r\n"
         "L1,nobody,North,Mars/One,gcj02,31.2,191.4,80\r\n"
         "L2,,South\r\n"
         ",nobody,West,Asia/Shanghai,mars,31.2,121.4,80\r\n")


def is_chinese(text):
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def refused(user, headers):
    answer = user.api.post("/v1/imports/sites?dry_run=true", data=SITES.encode(),
                           headers={"Content-Type": "text/csv", **headers}, expect=200)
    return answer.json()["refused"]


def test_reasons_of_refused_rows(dispatcher):
    english, chinese = refused(dispatcher, {}), refused(dispatcher, CHINESE)
    assert [{**row, "detail": ""} for row in english] == [{**row, "detail": ""} for row in chinese]
    assert len(english) >= 6 and not any(is_chinese(row["detail"]) for row in english)
    assert all(is_chinese(row["detail"]) for row in chinese)
    said = {(row["column"], row["rule"]): row["detail"] for row in chinese}
    assert said["customer_code", "unknown_reference"] == "没有此编码对应的客户：“nobody”。"
    assert said[None, "cell_count"] == "此行有 3 个单元格，表头有 8 个。"
    assert said["longitude", "maximum"] == "191.4 大于最大值 180。"
    assert said["datum", "enum"].startswith("值必须是以下之一：wgs84")


def test_broken_rules_of_a_body(manager):
    body = {"id": "x" * 36, "name": "", "tier": 7, "colour": "red"}
    english = manager.api.post("/v1/customers", json=body, expect=422).json()
    chinese = manager.api.post("/v1/customers", json=body, headers=CHINESE, expect=422).json()
    assert [(error["pointer"], error["rule"]) for error in english["errors"]] == [
        (error["pointer"], error["rule"]) for error in chinese["errors"]]
    assert (chinese["code"], chinese["title"]) == (english["code"], english["title"])
    assert all(is_chinese(error["detail"]) for error in chinese["errors"]) and is_chinese(chinese["detail"])
    assert not any(is_chinese(error["detail"]) for error in english["errors"])
    said = {error["pointer"]: error["detail"] for error in chinese["errors"]}
    assert said["/name"] == "文本有 0 个字符，至少需要 1 个。" and said["/id"] == "文本必须是：36 个字符的非空 UUID。"


@pytest.mark.parametrize("language, detail", [
    ("zh", "没有此次上门。"), ("en", "There is no such visit."), ("fr", "There is no such visit."),
    ("en;q=0.5, zh", "没有此次上门。"), (None, "There is no such visit.")])
def test_what_is_not_there(manager, language, detail):
    headers = {"Accept-Language": language} if language else {}
    assert manager.api.get(f"/v1/visits/{new_id()}", headers=headers, expect=404).json()["detail"] == detail


def test_before_it_is_known_who_asks(api):
    nobody = api.with_token(None)
    assert nobody.get("/v1/me", headers=CHINESE, expect=401).json()["detail"] == "请以 Authorization: Bearer 提供访问令牌。"
    assert is_chinese(nobody.get("/v1/nowhere", headers=CHINESE, expect=404).json()["detail"])


def test_words_within_a_sentence(manager, dispatcher):
    refusal = manager.api.post(f"/v1/work-orders/{new_id()}/transitions", json={"to": "done"}, headers=CHINESE, expect=404).json()
    assert refusal["detail"] == "没有此工单。"
    name = f"Code-{new_id()}"
    customer = {"id": new_id(), "name": name, "code": name, "tier": "standard", "language": "en"}
    dispatcher.api.post("/v1/customers", json=customer, expect=201)
    again = dispatcher.api.post("/v1/customers", json={**customer, "id": new_id()}, headers=CHINESE, expect=409).json()
    assert again["errors"][0]["detail"] == "其他客户已使用此编码。"
    site = {"id": new_id(), "customer_id": customer["id"], "name": "N", "time_zone": "UTC", "datum": "wgs84", "position": {"latitude": 1, "longitude": 1}, "radius_m": 50}
    dispatcher.api.post("/v1/sites", json=site, headers=CHINESE, expect=201)
    refusal = dispatcher.api.delete(f"/v1/customers/{customer['id']}", headers=CHINESE, expect=409).json()
    assert refusal["detail"] == "站点仍在引用它。"
