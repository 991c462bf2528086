"""CSV imports: good rows go in, bad ones are reported, the same file again changes nothing."""

import csv
import io
import uuid

import pytest

from support.master_data import create, customer, refusals, site, walk
from support.organisation import new_id

CUSTOMER_HEADER = ["code", "name", "tier", "language", "service_manager_log_in", "note"]
SITE_HEADER = ["code", "customer_code", "name", "time_zone", "datum", "latitude", "longitude", "radius_m"]


def write(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def post(user, kind, text, content_type="text/csv", **rest):
    body = text.encode() if isinstance(text, str) else text
    return user.api.post(f"/v1/imports/{kind}", data=body, headers={"Content-Type": content_type}, **rest)


def load(user, kind, rows):
    """The report of an import of these rows."""
    text = write(rows) if isinstance(rows, list) else rows
    return post(user, kind, text, expect=200).json()


def refused(report):
    return [(entry["row"], entry["column"], entry["rule"]) for entry in report["refused"]]


def by_code(user, kind, code):
    return [item for item in walk(user.api, f"/v1/{kind}", {"q": code}) if item["code"] == code]


@pytest.fixture
def prefix():
    """Codes of one test begin with it."""
    return new_id()[:8]


def test_customers__good_rows_go_in_and_bad_ones_are_reported(dispatcher, manager, prefix):
    report = load(dispatcher, "customers", [
        CUSTOMER_HEADER,
        [f"{prefix}-2", "海底捞（上海）餐饮有限公司", "gold", "zh", manager.log_in.upper(), "后门进,\n\"响两次\""],
        [f"{prefix}-3", "Nobody", "vip", "en", "", ""],
        [f"{prefix}-4", "Rhine Cold Storage GmbH", "standard", "en", "", ""],
        ["", "No code", "standard", "en", "", ""],
        [f"{prefix}-6", "", "silver", "fr", "nobody@home", ""],
        [f"{prefix}-7", "too", "few", "cells"],
        ["", "", "", "", "", ""],
        [f"{prefix}-9", "  Trimmed  ", "silver", "en", "", "x" * 4001],
        [f"{prefix}-10", "\tTrimmed ", "silver", "en", "", " "],
    ])
    assert (report["rows"], report["imported"], report["unchanged"]) == (8, 3, 0)
    assert refused(report) == [
        (3, "tier", "enum"),
        (5, "code", "required"),
        (6, "name", "required"),
        (6, "service_manager_log_in", "unknown_reference"),
        (6, "language", "enum"),
        (7, None, "cell_count"),
        (9, "note", "maxLength"),
    ]
    [first] = by_code(dispatcher, "customers", f"{prefix}-2")
    assert first["name"] == "海底捞（上海）餐饮有限公司"
    assert first["service_manager_id"] == manager.id
    assert first["note"] == "后门进,\n\"响两次\""
    [last] = by_code(dispatcher, "customers", f"{prefix}-10")
    assert (last["name"], last["note"]) == ("Trimmed", None)
    for code in ("3", "6", "7", "9"):
        assert by_code(dispatcher, "customers", f"{prefix}-{code}") == []


def test_again__nothing_changes(dispatcher, prefix):
    rows = [CUSTOMER_HEADER, *([f"{prefix}-{n}", f"Kunde {n}", "gold", "en", "", ""] for n in range(3))]
    first = load(dispatcher, "customers", rows)
    before = walk(dispatcher.api, "/v1/customers", {"q": prefix})
    assert (first["imported"], first["unchanged"], first["refused"]) == (3, 0, [])
    again = load(dispatcher, "customers", rows + [[f"{prefix}-new", "New", "gold", "en", "", ""]])
    assert (again["rows"], again["imported"], again["unchanged"], again["refused"]) == (4, 1, 3, [])
    after = walk(dispatcher.api, "/v1/customers", {"q": prefix})
    assert [item for item in after if item["code"] != f"{prefix}-new"] == before


def test_again__with_other_content_is_refused_and_overwrites_nothing(dispatcher, prefix):
    load(dispatcher, "customers", [CUSTOMER_HEADER, [prefix, "As it was", "gold", "en", "", ""]])
    report = load(dispatcher, "customers", [CUSTOMER_HEADER, [prefix, "Renamed", "gold", "en", "", ""]])
    assert refused(report) == [(2, "code", "duplicate")]
    assert [item["name"] for item in by_code(dispatcher, "customers", prefix)] == ["As it was"]


def test_same_code_as_a_customer_made_by_hand(dispatcher, prefix):
    create(dispatcher, "/v1/customers", customer(code=prefix, name="By hand", tier="gold", language="en"))
    report = load(dispatcher, "customers", [
        CUSTOMER_HEADER,
        [prefix, "By hand", "gold", "en", "", ""],
        [prefix, "By hand", "silver", "en", "", ""],
    ])
    assert (report["unchanged"], refused(report)) == (1, [(3, "code", "duplicate")])


def test_same_code_twice_in_a_file(dispatcher, prefix):
    report = load(dispatcher, "customers", [
        CUSTOMER_HEADER,
        [prefix, "First", "gold", "en", "", ""],
        [prefix, "First", "gold", "en", "", ""],
        [prefix, "Second", "gold", "en", "", ""],
    ])
    assert (report["imported"], report["unchanged"], refused(report)) == (1, 1, [(4, "code", "duplicate")])


def test_ids__given_or_following_from_the_codes(dispatcher, organisation, prefix):
    given = new_id()
    report = load(dispatcher, "customers", [
        ["id", "code", "name", "tier", "language"],
        [given, f"{prefix}-given", "Given", "gold", "en"],
        ["", f"{prefix}-derived", "Derived", "gold", "en"],
        [given, f"{prefix}-other", "Same id", "gold", "en"],
        ["17", f"{prefix}-bad", "Bad id", "gold", "en"],
    ])
    assert report["imported"] == 2
    assert [(row, column) for row, column, _ in refused(report)] == [(4, "code"), (5, "id")]
    assert by_code(dispatcher, "customers", f"{prefix}-given")[0]["id"] == given
    derived = uuid.uuid5(uuid.UUID(organisation.id), f"customer:{prefix}-derived")
    assert by_code(dispatcher, "customers", f"{prefix}-derived")[0]["id"] == str(derived)
    later = load(dispatcher, "customers", [
        ["id", "code", "name", "tier", "language"], [given, f"{prefix}-x", "Other", "gold", "en"],
    ])
    assert refused(later) == [(2, "id", "content_conflict")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings_of_spreadsheets(dispatcher, prefix, encoding):
    text = f"客户编码,客户名称,等级,语言,备注\r\n{prefix},上海冷链物流有限公司,gold,zh,“后门”进，按两次铃\r\n"
    report = post(dispatcher, "customers", text.encode(encoding), expect=200).json()
    assert (report["imported"], report["refused"]) == (1, [])
    [found] = by_code(dispatcher, "customers", prefix)
    assert (found["name"], found["note"]) == ("上海冷链物流有限公司", "“后门”进，按两次铃")


@pytest.mark.parametrize("body, rule", [
    ("code,name,tier,language\r\nM-1,Müller Kälte,gold,en\r\n".encode("cp1252"), "encoding"),
    (b"\xff\xfe\x00\xd8\x00\x00", "encoding"),
    (b"code,name,tier,language\r\nM-1,\xed\xa0\x80,gold,en\r\n", "encoding"),
    (b"code,name,tier,language\r\nM-1,a\0b,gold,en\r\n", "no_control_characters"),
])
def test_unreadable_files(dispatcher, body, rule):
    assert refusals(post(dispatcher, "customers", body), 400) == [("", rule)]


@pytest.mark.parametrize("header, rules", [
    ("code,name,tier", ["missing_column"]),
    ("name", ["missing_column"] * 3),
    ("code,name,tier,language,colour", ["unknown_column"]),
    ("code,name,tier,language,Name", ["repeated_column"]),
    ("code,name,tier,language,", ["unknown_column"]),
    ("code;name;tier;language", ["unknown_column"] + ["missing_column"] * 4),
    ("编码,名称,等级,语言,名称", ["repeated_column"]),
])
def test_headers__refused_at_once(dispatcher, prefix, header, rules):
    answer = post(dispatcher, "customers", f"{header}\r\n{prefix},Name,gold,en\r\n")
    assert [rule for _, rule in refusals(answer, 422)] == rules
    assert by_code(dispatcher, "customers", prefix) == []


def test_broken_quotes(dispatcher, prefix):
    report = load(dispatcher, "customers", (
        "code,name,tier,language\n"
        f"{prefix}-2,\"A\"B,gold,en\r"
        f"{prefix}-3,5\" pipe,gold,en\r\n"
        f"{prefix}-4,\"never ends,gold,en\n"
        f"{prefix}-5,Fine,gold,en\n"
    ))
    assert refused(report) == [(2, None, "csv"), (4, None, "csv")]
    assert (report["rows"], report["imported"]) == (3, 1)
    assert by_code(dispatcher, "customers", f"{prefix}-3")[0]["name"] == '5" pipe'


def test_rows__have_as_many_cells_as_the_header(dispatcher, prefix):
    report = load(dispatcher, "customers", (
        "code,name,tier,language\r\n"
        f"{prefix}-2,Few,gold\r\n"
        f"{prefix}-3,Many,gold,en,more\r\n"
        f"{prefix}-4,Far too many,gold,en{',' * 100}\r\n"
        f"{prefix}-5,Fine,gold,en\r\n"
    ))
    assert refused(report) == [(row, None, "cell_count") for row in (2, 3, 4)]
    assert (report["rows"], report["imported"]) == (4, 1)


def test_rows__are_counted_as_a_spreadsheet_does(dispatcher, prefix):
    report = load(dispatcher, "customers", (
        "code,name,tier,language,note\r\n\r\n"
        f"{prefix}-3,Two lines,gold,en,\"one\r\ntwo\"\r\n"
        ",,,,\r\n"
        f"{prefix}-5,Bad,vip,en,\r\n"
    ))
    assert (report["rows"], report["imported"], refused(report)) == (2, 1, [(5, "tier", "enum")])
    assert by_code(dispatcher, "customers", f"{prefix}-3")[0]["note"] == "one\ntwo"


def test_sites__refer_to_customers_by_code(dispatcher, prefix):
    load(dispatcher, "customers", [CUSTOMER_HEADER, [prefix, "海底捞", "gold", "zh", "", ""]])
    good = [f"{prefix}-2", prefix, "人民广场店", "Asia/Shanghai", "gcj02", "31.230416", "121.473701", "120"]
    report = load(dispatcher, "sites", [
        SITE_HEADER,
        good,
        [f"{prefix}-3", "nobody", *good[2:]],
        [f"{prefix}-4", prefix, "Zone", "Asia/Atlantis", *good[4:]],
        [f"{prefix}-5", prefix, "Datum", "Asia/Shanghai", "mars", *good[5:]],
        [f"{prefix}-6", prefix, "North", "Asia/Shanghai", "wgs84", "91", "121.4", "120"],
        [f"{prefix}-7", prefix, "Text", "Asia/Shanghai", "wgs84", "31°13'", "121.4", "120m"],
        [f"{prefix}-8", prefix, "Small", "Asia/Shanghai", "wgs84", "31.2", "121.4", "0.5"],
        [f"{prefix}-9", prefix, "Infinite", "Asia/Shanghai", "wgs84", "31.2", "1e999", ""],
    ])
    assert report["imported"] == 1
    assert refused(report) == [
        (3, "customer_code", "unknown_reference"),
        (4, "time_zone", "time_zone"),
        (5, "datum", "enum"),
        (6, "latitude", "maximum"),
        (7, "latitude", "type"),
        (7, "radius_m", "type"),
        (8, "radius_m", "minimum"),
        (9, "radius_m", "required"),
        (9, "longitude", "type"),
    ]
    [found] = by_code(dispatcher, "sites", f"{prefix}-2")
    assert found["position"] == {"latitude": 31.230416, "longitude": 121.473701}
    assert found["wgs84"]["position"]["longitude"] == pytest.approx(121.469163, abs=1e-6)
    assert load(dispatcher, "sites", [SITE_HEADER, good])["unchanged"] == 1


def test_sites__content_equals_that_of_a_create(dispatcher, prefix):
    customer_id = create(dispatcher, "/v1/customers", customer(code=prefix))
    create(dispatcher, "/v1/sites", site(customer_id, code=prefix, name="Same", minimum_minutes=15))
    report = load(dispatcher, "sites", [
        [*SITE_HEADER, "minimum_minutes", "note"],
        [prefix, prefix, "Same", "Asia/Shanghai", "wgs84", "31.2323", "121.469182", "120.0", "15", ""],
    ])
    assert (report["unchanged"], report["refused"]) == (1, [])


def test_assets__refer_to_sites_by_code(dispatcher, prefix):
    customer_id = create(dispatcher, "/v1/customers", customer())
    site_id = create(dispatcher, "/v1/sites", site(customer_id, code=prefix))
    header = ["门店编码", "设备名称", "型号", "序列号", "条码", "备注"]
    report = load(dispatcher, "assets", [
        header,
        [prefix, "冷库压缩机 2#", "Bitzer 4NES-14Y", "SN-88213", f"{prefix}-a", ""],
        ["nowhere", "x", "", "", f"{prefix}-b", ""],
        [prefix, "no barcode", "", "", "", ""],
        [prefix, "same barcode", "", "", f"{prefix}-a", ""],
    ])
    assert report["imported"] == 1
    assert refused(report) == [
        (3, "site_code", "unknown_reference"), (4, "barcode", "required"), (5, "barcode", "duplicate"),
    ]
    [found] = walk(dispatcher.api, "/v1/assets", {"barcode": f"{prefix}-a"})
    assert (found["site_id"], found["serial"], found["model"]) == (site_id, "SN-88213", "Bitzer 4NES-14Y")


def test_references__of_another_organisation_are_unknown(dispatcher, new_organisation, prefix):
    other = new_organisation().administrator
    create(other, "/v1/customers", customer(code=prefix))
    report = load(dispatcher, "sites", [
        SITE_HEADER, [f"{prefix}-s", prefix, "n", "Asia/Shanghai", "wgs84", "31.2", "121.4", "50"],
    ])
    assert refused(report) == [(2, "customer_code", "unknown_reference")]


def test_size__ten_thousand_rows_go_in_and_one_more_refuses_all(new_organisation):
    administrator = new_organisation().administrator
    rows = [["code", "name", "tier", "language"], *([f"{n}", f"客户 {n}", "gold", "zh"] for n in range(10001))]
    answer = post(administrator, "customers", write(rows))
    assert refusals(answer, 422) == [("", "max_rows")]
    assert walk(administrator.api, "/v1/customers") == []
    report = load(administrator, "customers", rows[:-1])
    assert (report["rows"], report["imported"], report["refused"]) == (10000, 10000, [])
    again = load(administrator, "customers", rows[:-1])
    assert (again["imported"], again["unchanged"]) == (0, 10000)


def test_size__every_one_of_ten_thousand_bad_rows_is_reported(administrator):
    rows = [["code", "name", "tier", "language"], *([f"{n}", "", "vip", "fr"] for n in range(10000))]
    report = load(administrator, "customers", rows)
    assert (report["rows"], report["imported"], len(report["refused"])) == (10000, 0, 30000)
    assert [entry["row"] for entry in report["refused"]] == sorted(entry["row"] for entry in report["refused"])


def test_header_alone_and_long_cells(dispatcher, prefix):
    assert load(dispatcher, "customers", "code,name,tier,language\r\n") == {
        "rows": 0, "imported": 0, "unchanged": 0, "refused": [],
    }
    report = load(dispatcher, "sites", [SITE_HEADER, [prefix, "c" * 1000000, "n" * 900000, "z", "d", "1", "2", "3"]])
    assert report["imported"] == 0
    assert (2, "customer_code", "unknown_reference") in refused(report)
    assert refusals(post(dispatcher, "customers", "列" * 100000 + "\r\n"), 422)[0] == ("", "unknown_column")


def test_wrong_requests(dispatcher, technician):
    assert post(dispatcher, "customers", "code\r\n", content_type="application/json").status_code == 415
    assert post(technician, "customers", "code\r\n").status_code == 403
    assert post(dispatcher, "customers", "").status_code == 400
    assert post(dispatcher, "customers", "x" * (2 * 1024 * 1024 + 1)).status_code == 413
    assert post(dispatcher, "contacts", "name\r\n").status_code == 404


def test_dry_run__reports_as_an_import_would_and_leaves_nothing(dispatcher, prefix):
    rows = [CUSTOMER_HEADER, [f"{prefix}-1", "Nord", "gold", "en", "", ""], [f"{prefix}-1", "Twice", "gold", "en", "", ""],
            [f"{prefix}-2", "Sued", "vip", "en", "", ""]]
    dry = post(dispatcher, "customers", write(rows), params={"dry_run": "true"}, expect=200).json()
    assert by_code(dispatcher, "customers", f"{prefix}-1") == []
    again = post(dispatcher, "customers", write(rows), params={"dry_run": "true"}, expect=200).json()
    real = post(dispatcher, "customers", write(rows), params={"dry_run": "false"}, expect=200).json()
    assert dry == again == real and (dry["imported"], len(dry["refused"])) == (1, 2)
    [item] = by_code(dispatcher, "customers", f"{prefix}-1")
    assert item["name"] == "Nord"
    after = post(dispatcher, "customers", write(rows), params={"dry_run": "true"}, expect=200).json()
    assert (after["imported"], after["unchanged"]) == (0, 1)


def test_dry_run__of_a_file_that_cannot_be_read_is_refused_as_ever(dispatcher):
    answer = post(dispatcher, "assets", "name\r\nPump\r\n", params={"dry_run": "true"})
    assert answer.status_code == 422
    assert post(dispatcher, "assets", "name\r\n", params={"dry_run": "perhaps"}).status_code == 400


def test_dry_run__sites_and_assets(dispatcher, prefix):
    customer_id = create(dispatcher, "/v1/customers", customer(code=prefix))
    site_rows = [SITE_HEADER, [f"{prefix}-S", prefix, "Lager", "Asia/Shanghai", "gcj02", 31.23, 121.47, 90]]
    report = post(dispatcher, "sites", write(site_rows), params={"dry_run": "true"}, expect=200).json()
    assert report["imported"] == 1 and by_code(dispatcher, "sites", f"{prefix}-S") == []
    create(dispatcher, "/v1/sites", site(customer_id, code=f"{prefix}-T"))
    asset_rows = [["site_code", "name", "barcode"], [f"{prefix}-T", "Pump", f"{prefix}-B"]]
    report = post(dispatcher, "assets", write(asset_rows), params={"dry_run": "true"}, expect=200).json()
    assert report["imported"] == 1
    assert dispatcher.api.get("/v1/assets", params={"barcode": f"{prefix}-B"}, expect=200).json()["items"] == []
