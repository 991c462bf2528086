import { defineWords } from "../../shared/i18n/i18n";

/** The policy's planning; each hint names the range and the standard of the contract, and a test compares them. */
export const planningWords = defineWords({
  title: { en: "Planning of days", zh: "排班参数" },
  explanation: {
    en: "The plan draws days, their load and travel by these; they judge nobody's evidence.",
    zh: "排班页面据此绘制每日时段、工作量和路程，不影响证据判定。",
  },
  dayStart: { en: "A day begins at", zh: "每日开始时间" },
  dayStartHint: { en: "By the organisation's clock; empty: 08:00", zh: "按公司所在时区，留空为 08:00" },
  capacity: { en: "A technician's day holds (minutes)", zh: "技术员每日可排时长（分钟）" },
  capacityHint: { en: "Work and travel, 15 to 1440; empty: 480", zh: "含路程，15 至 1440，留空为 480" },
  visit: { en: "A work order without a duration takes (minutes)", zh: "未填时长的工单按（分钟）" },
  visitHint: { en: "5 to 1440; empty: 60", zh: "5 至 1440，留空为 60" },
  detour: { en: "Roads are longer than the line by a factor of", zh: "路程与直线距离之比" },
  detourHint: { en: "1 to 5; empty: 1.3", zh: "1 至 5，留空为 1.3" },
  speed: { en: "Travel from door to door (km/h)", zh: "门到门行程速度（公里/小时）" },
  speedHint: { en: "1 to 200; empty: 30", zh: "1 至 200，留空为 30" },
});
