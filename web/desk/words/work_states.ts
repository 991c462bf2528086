import { defineWords } from "../../shared/i18n/i18n";

/** States of a work order, as the office says them. */
export const workStates = defineWords({
  new: { en: "New", zh: "新建" },
  assigned: { en: "Assigned", zh: "已派工" },
  accepted: { en: "Accepted", zh: "已接单" },
  on_site: { en: "On site", zh: "已到场" },
  done: { en: "Done", zh: "已完成" },
  partly_done: { en: "Partly done", zh: "部分完成" },
  unresolved: { en: "Unresolved", zh: "未解决" },
  closed: { en: "Closed", zh: "已关闭" },
  cancelled: { en: "Cancelled", zh: "已取消" },
});
