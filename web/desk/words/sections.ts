import { defineWords } from "../../shared/i18n/i18n";

/** The navigation. */
export const sections = defineWords({
  audit: { en: "Audit", zh: "证据审核" },
  sampling: { en: "Sampling", zh: "抽样检查" },
  administration: { en: "Administration", zh: "系统管理" },
});
