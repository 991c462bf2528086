"""Who works in the demo organisation."""

SLUG = "nordlicht"
NAME = "北辰现场服务 Nordlicht Field Service"
PASSWORD = "demo-nordlicht"

# log_in, name, role, language, phone
PEOPLE = [
    ("admin", "周雯 Zhou Wen", "administrator", "zh", None),
    ("chen-jing", "陈静 Chen Jing", "manager", "zh", "+86 21 5550 0101"),
    ("petra", "Petra Hoffmann", "manager", "en", "+49 30 5550 102"),
    ("liu-yang", "刘洋 Liu Yang", "dispatcher", "zh", "+86 21 5550 0103"),
    ("li-wei", "李伟 Li Wei", "technician", "zh", "+86 139 5550 0104"),
    ("zhang-min", "张敏 Zhang Min", "technician", "zh", "+86 138 5550 0105"),
    ("wang-lei", "王磊 Wang Lei", "technician", "zh", "+86 136 5550 0106"),
    ("jonas", "Jonas Weber", "technician", "en", "+49 151 5550 107"),
]

# The phone of each technician: what its check-ins and its camera say of it.
PHONES = {
    "li-wei": {"make": "Xiaomi", "model": "23127PN0CC", "platform": "Android 15"},
    "zhang-min": {"make": "HUAWEI", "model": "ALN-AL80", "platform": "HarmonyOS 4.2"},
    "wang-lei": {"make": "vivo", "model": "V2309A", "platform": "Android 15"},
    "jonas": {"make": "Google", "model": "Pixel 8", "platform": "Android 16"},
}
RECEIVER_ID = "gnss-receiver-0417"
