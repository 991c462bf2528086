import { defineWords } from "../../shared/i18n/i18n";

/** The navigation. */
export const sections = defineWords({
  audit: { en: "Audit", zh: "证据审核" },
  places: { en: "Customers & sites", zh: "客户与站点" },
  administration: { en: "Administration", zh: "系统管理" },
});
