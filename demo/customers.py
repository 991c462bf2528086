"""The customers of the demo organisation, the people there, their sites and machines. All are made up."""

from barcodes import ean_13, gs1, itf_14
from places import moved, polygon_json

# key: name, code, tier, service manager, language, note
CUSTOMERS = {
    "pujiang": ("浦江大酒店 Pujiang Grand Hotels", "C-001", "platinum", "chen-jing", "zh", "客房区域施工须在 10:00 之后。"),
    "shenxin": ("申新冷链物流", "C-002", "gold", "chen-jing", "zh", None),
    "southbay": ("南湾数据中心 South Bay Data Centres", "C-003", "platinum", "chen-jing", "zh", "进机房须提前登记身份证。"),
    "pengcheng": ("鹏城生鲜超市", "C-004", "gold", "chen-jing", "zh", None),
    "pearl": ("珠江食品 Pearl River Foods", "C-005", "silver", "chen-jing", "zh", None),
    "merlion": ("Merlion Medical Supplies Pte Ltd", "C-006", "gold", "petra", "en", "Vaccines: never switch off both units at once."),
    "yanshan": ("燕山医院 Yanshan Hospital", "C-007", "platinum", "chen-jing", "zh", "手术室区域须由院方陪同。"),
    "jinghua": ("京华印务", "C-008", "standard", "chen-jing", "zh", None),
    "rongcheng": ("蓉城精酿啤酒 Rongcheng Craft Beer", "C-009", "silver", "chen-jing", "zh", None),
    "spree": ("Spree Brauhaus GmbH", "C-010", "gold", "petra", "en", None),
    "havel": ("Havel Pharma AG", "C-011", "platinum", "petra", "en", "Clean-room shoes are at the gate."),
    "elbe": ("Elbe Kühlhaus GmbH", "C-012", "silver", "petra", "en", None),
}

# customer: the people there: name, title, phone, email
CONTACTS = {
    "pujiang": [("王芳", "工程部经理", "+86 21 5551 1001", "wangfang@pujiang.example"), ("何俊", "值班工程师", "+86 21 5551 1002", None)],
    "shenxin": [("赵强", "仓库主管", "+86 21 5551 2001", "zhaoqiang@shenxin.example")],
    "southbay": [("林晓", "设施经理", "+86 755 5551 3001", "linxiao@southbay.example"), ("黄涛", "夜班主管", "+86 755 5551 3002", None)],
    "pengcheng": [("吴敏", "店长", "+86 755 5551 4001", None)],
    "pearl": [("梁志", "设备科长", "+86 20 5551 5001", "liangzhi@pearl.example")],
    "merlion": [("Priya Nair", "Warehouse manager", "+65 5551 6001", "priya@merlion.example")],
    "yanshan": [("孙丽", "后勤主任", "+86 10 5551 7001", "sunli@yanshan.example")],
    "jinghua": [("马超", "车间主任", "+86 10 5551 8001", None)],
    "rongcheng": [("邓磊", "酿造主管", "+86 28 5551 9001", "denglei@rongcheng.example")],
    "spree": [("Karin Schulz", "Brewmaster", "+49 30 5552 001", "karin@spree.example")],
    "havel": [("Dr. Emre Yıldız", "Head of utilities", "+49 30 5552 101", "emre@havel.example"), ("Anja Krüger", "Shift lead", "+49 30 5552 102", None)],
    "elbe": [("Ole Petersen", "Site manager", "+49 40 5552 201", "ole@elbe.example")],
}

_BAOSHAN, _NANSHAN, _HUANGPU = (31.3300, 121.4200), (22.5402, 113.9507), (23.1105, 113.4610)
_CHAOYANG, _SPANDAU = (39.9203, 116.4412), (52.5380, 13.2020)
_CHINA, _GERMANY = "Asia/Shanghai", "Europe/Berlin"


def _site(customer, name, address, time_zone, position, **members):
    return {"customer": customer, "name": name, "address": address, "time_zone": time_zone, "datum": "wgs84",
            "position": position, **members}


# `true_position` is where the site really is, when its coordinates say something else.
SITES = {
    "sh-hotel": _site("pujiang", "浦江大酒店 外滩店", "上海市黄浦区中山东一路", _CHINA, (31.23960, 121.48980), radius_m=120),
    "sh-hotel-2": _site("pujiang", "浦江大酒店 虹桥店", "上海市闵行区申长路", _CHINA, (31.192397, 121.323068), datum="gcj02",
                        radius_m=100, note="坐标取自高德地图（GCJ-02）。"),
    "sh-cold": _site("shenxin", "宝山冷库", "上海市宝山区长江西路", _CHINA, moved(_BAOSHAN, 120, 0), note="中间的院子是公共道路，不算厂区。", polygon=polygon_json(
        _BAOSHAN, [(-180, -140), (190, -130), (200, 150), (-170, 160)], [(-50, -40), (-45, 45), (60, 40), (55, -45)])),
    "sz-data": _site("southbay", "南山数据中心 A 座", "深圳市南山区科技园", _CHINA, _NANSHAN, entry_accuracy_m=50, polygon=polygon_json(
        _NANSHAN, [(-90, -70), (95, -75), (120, 60), (40, 110), (-85, 80)])),
    "sz-market": _site("pengcheng", "福田店（地下一层）", "深圳市福田区福华路", _CHINA, (22.54300, 114.05800), radius_m=80,
                       note="地下一层信号弱，入口在 B 座电梯旁。"),
    "sz-market-2": _site("pengcheng", "龙华店", "深圳市龙华区人民路", _CHINA, (22.659157, 114.040567), datum="bd09", radius_m=90,
                         note="坐标取自百度地图（BD-09）。"),
    "gz-food": _site("pearl", "黄埔工厂", "广州市黄埔区开发大道", _CHINA, _HUANGPU, polygon=polygon_json(
        _HUANGPU, [(-220, -160), (230, -150), (240, 90), (60, 100), (50, 180), (-210, 170)])),
    "sg-med": _site("merlion", "Ubi Cold Store", "Ubi Avenue 1, Singapore", "Asia/Singapore", (1.32350, 103.89280), radius_m=130),
    "bj-hospital": _site("yanshan", "燕山医院 门诊楼", "北京市朝阳区工体北路", _CHINA, _CHAOYANG, polygon=polygon_json(
        _CHAOYANG, [(-110, -90), (120, -95), (125, 100), (-115, 95)])),
    "bj-print": _site("jinghua", "丰台印刷车间", "北京市丰台区科学城", _CHINA, (39.861514, 116.336533), radius_m=100,
                      true_position=(39.8602, 116.3304), note="坐标由客户从地图上抄来。"),
    "cd-beer": _site("rongcheng", "高新酿造厂", "成都市高新区天府大道", _CHINA, (30.57230, 104.06650), radius_m=180),
    "be-brew": _site("spree", "Sudhaus Friedrichshain", "Stralauer Allee, Berlin", _GERMANY, (52.50190, 13.45560), radius_m=110),
    "be-pharma": _site("havel", "Spandau plant", "Nonnendammallee, Berlin", _GERMANY, moved(_SPANDAU, 150, 0), minimum_minutes=30, polygon=polygon_json(
        _SPANDAU, [(-260, -180), (250, -190), (270, 170), (-240, 200)], [(-60, -30), (-55, 35), (40, 30), (45, -35)])),
    "hh-cold": _site("elbe", "Kühlhaus Waltershof", "Köhlbrandbrücke, Hamburg", _GERMANY, (53.52150, 9.91980), radius_m=160),
}


def _assets():
    """Two machines a site, with labels of every kind. Key: site and number."""
    kinds = [
        ("chiller", "冷水机组", "Chiller", "RTAF-240"), ("compressor", "制冷压缩机", "Compressor", "4NES-20Y"),
        ("airhandler", "空气处理机组", "Air handler", "AHU-18"), ("evaporator", "蒸发器", "Evaporator", "GHN-071"),
    ]
    labels = [
        lambda number, serial: ean_13(number), lambda number, serial: itf_14(number), gs1,
        lambda number, serial: f"NL-{number:06d}",
    ]
    result = {}
    for place, (site, facts) in enumerate(SITES.items()):
        chinese = CUSTOMERS[facts["customer"]][4] == "zh"
        for number in (1, 2):
            index = 2 * place + number - 1
            _, zh, en, model = kinds[index % 4]
            serial = f"SN{26000 + 37 * index}"
            result[f"{site}/{number}"] = {
                "site": site, "name": f"{zh if chinese else en} {number}#", "model": model, "serial": serial,
                "barcode": labels[(index + place) % 4](410_000 + 7 * index, serial),
                "symbology": ("ean_13", "itf_14", "gs1_datamatrix", "code_128")[(index + place) % 4],
            }
    return result


ASSETS = _assets()
