"""What technicians do in the demo organisation: the words of work orders and visit sheets, in both languages."""

# Each job: title, description, open before, done (what, cause, remedy), left open (what, plan) or None,
# part (name, number, quantity, unit) or None.
JOBS = {
    "noise": {
        "zh": ("压缩机异响检修", "客户反映启动时有金属敲击声。", "压缩机启动时异响", ("更换减振垫并紧固地脚螺栓", "减振垫老化", "更换减振垫 4 只"), None, ("减振垫", "VD-60", 4, "只")),
        "en": ("Compressor knocks when it starts", "The customer hears metal on metal.", "Compressor knocks when it starts", ("Replaced the dampers, tightened the base", "Dampers worn out", "4 new dampers"), None, ("Damper", "VD-60", 4, "pcs")),
    },
    "warm": {
        "zh": ("冷库温度偏高", "设定 -18 ℃，实际 -11 ℃。", "库温 -11 ℃，设定 -18 ℃", ("清洗冷凝器，补充制冷剂", "冷凝器积尘，制冷剂不足", "清洗并补充 R404A"), ("门封条磨损", "下周更换门封条"), ("制冷剂 R404A", "R404A", 2.5, "kg")),
        "en": ("Cold store too warm", "Set to -18 °C, measured -11 °C.", "Store at -11 °C instead of -18 °C", ("Cleaned the condenser, topped up refrigerant", "Dust; low charge", "Cleaned; 2.5 kg R404A"), ("Door seal worn", "Replace the seal next week"), ("Refrigerant R404A", "R404A", 2.5, "kg")),
    },
    "filter": {
        "zh": ("空调箱季度保养", "更换初效、中效过滤器，检查皮带。", "季度保养到期", ("更换过滤器，调整皮带张力", None, "更换初效 6 片、中效 6 片"), None, ("过滤器 F7 592×592", "F7-592", 6, "片")),
        "en": ("Air handler: quarterly service", "Replace filters, check belts.", "Quarterly service is due", ("Replaced filters, set the belt tension", None, "12 filters"), None, ("Filter F7 592×592", "F7-592", 6, "pcs")),
    },
    "leak": {
        "zh": ("冷媒泄漏检测", "年度检漏。", "年度检漏到期", ("全系统检漏，未发现泄漏", None, None), None, None),
        "en": ("Refrigerant leak check", "The yearly check.", "Yearly leak check is due", ("Checked the whole circuit, no leak found", None, None), None, None),
    },
    "drain": {
        "zh": ("冷凝水溢出", "吊顶滴水，已放置水桶。", "吊顶滴水", ("疏通排水管，更换水泵", "排水泵卡死", "更换排水泵"), ("吊顶板有水渍", "客户自行更换吊顶板"), ("排水泵", "DP-20", 1, "台")),
        "en": ("Condensate overflows", "Water drips from the ceiling.", "Water drips from the ceiling", ("Cleared the drain, replaced the pump", "Pump blocked", "New pump"), ("Ceiling panel stained", "The customer replaces the panel"), ("Condensate pump", "DP-20", 1, "pc")),
    },
    "alarm": {
        "zh": ("高压报警停机", "机组反复高压报警。", "机组高压报警停机", ("更换压力传感器，恢复运行", "压力传感器漂移", "更换传感器并校准"), None, ("压力传感器", "PT-35", 1, "只")),
        "en": ("High-pressure alarm stops the unit", "The alarm returns after each reset.", "Unit stops with a high-pressure alarm", ("Replaced the pressure sensor", "Sensor drifted", "New sensor, calibrated"), None, ("Pressure sensor", "PT-35", 1, "pc")),
    },
}

# The checklist that most orders carry: kind, label, photo role, is required.
CHECKLIST = {
    "zh": [("photo", "维修前照片", "before", True), ("photo", "设备铭牌", "nameplate", True), ("scan", "扫描设备条码", None, True), ("photo", "维修后照片", "after", True)],
    "en": [("photo", "Before the work", "before", True), ("photo", "Nameplate", "nameplate", True), ("scan", "Scan the machine", None, True), ("photo", "After the work", "after", True)],
}
