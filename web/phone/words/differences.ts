import { defineWords } from "../../shared/i18n/i18n";

/** What can differ between the sheet that was signed and the one that the office has. */
export const differences = defineWords({
  fence: { en: "the site's position or fence", zh: "站点的位置或围栏" },
  timeZone: { en: "the site's time zone", zh: "站点的时区" },
  site: { en: "the site", zh: "站点" },
  customer: { en: "the customer", zh: "客户" },
  organisation: { en: "the company", zh: "服务单位" },
  technician: { en: "the technician", zh: "技术人员" },
  workOrders: { en: "the work orders", zh: "工单" },
  checkIns: { en: "the check-ins", zh: "签到记录" },
  photos: { en: "the photos", zh: "照片" },
  scans: { en: "the scans", zh: "扫码记录" },
  openBefore: { en: "what was open before", zh: "到访前未解决的问题" },
  done: { en: "what was done", zh: "本次完成的工作" },
  leftOpen: { en: "what was left open", zh: "遗留事项与计划" },
  parts: { en: "the parts", zh: "使用备件" },
  version: { en: "the sheet's version", zh: "服务单版本" },
  evidenceUntil: { en: "the time at which it was shown", zh: "展示时间" },
  other: { en: "another place: {place}", zh: "其他内容：{place}" },
});
