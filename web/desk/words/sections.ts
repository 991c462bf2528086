import { defineWords } from "../../shared/i18n/i18n";

/** The navigation. */
export const sections = defineWords({
  board: { en: "Board", zh: "今日看板" },
  work: { en: "Work orders", zh: "工单" },
  plan: { en: "Plan", zh: "派工计划" },
  visits: { en: "Visits", zh: "上门记录" },
  answers: { en: "Customers' answers", zh: "客户反馈" },
  audit: { en: "Audit", zh: "证据审核" },
  sampling: { en: "Sampling", zh: "抽样检查" },
  reports: { en: "Reports", zh: "统计报表" },
  places: { en: "Customers & sites", zh: "客户与站点" },
  administration: { en: "Administration", zh: "系统管理" },
});
