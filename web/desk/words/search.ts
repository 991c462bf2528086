import { defineWords } from "../../shared/i18n/i18n";

export const search = defineWords({
  title: { en: "Find anything", zh: "全局搜索" },
  asked: { en: "Order number, name, address, phone or serial number", zh: "工单号、名称、地址、电话或序列号" },
  orders: { en: "Work orders", zh: "工单" },
  customers: { en: "Customers", zh: "客户" },
  contacts: { en: "Contacts", zh: "联系人" },
  sites: { en: "Sites", zh: "站点" },
  assets: { en: "Assets", zh: "设备" },
  workOf: { en: "Work orders of {name}", zh: "{name}的工单" },
  work: { en: "Work orders", zh: "查看工单" },
  olderWork: { en: "Look for older work orders in the list", zh: "在工单列表中查找更早的工单" },
  none: { en: "Nothing fits.", zh: "没有匹配的内容。" },
  hint: { en: "↑ ↓ to choose, Enter to open", zh: "↑ ↓ 选择，回车打开" },
  close: { en: "Close", zh: "关闭" },
});
