/** Empty tables to fill in: the columns that the server reads, as the contract names them, in the reader's language. */
import { type Language, currentLanguage } from "../../shared/i18n/i18n";

export type ImportKind = "customers" | "sites" | "assets" | "work-orders";
/** What belongs to the places; work orders have a page of their own. */
export const PLACE_KINDS = ["customers", "sites", "assets"] as const;
export const IMPORT_KINDS: readonly ImportKind[] = [...PLACE_KINDS, "work-orders"];

/** As server/resources/import_kinds.c reads them. */
const COLUMNS: Record<ImportKind, Record<Language, readonly string[]>> = {
  customers: {
    en: ["code", "name", "tier", "language", "service_manager_log_in", "note"],
    zh: ["客户编码", "客户名称", "客户等级", "语言", "服务经理账号", "备注"],
  },
  sites: {
    en: ["code", "customer_code", "name", "address", "time_zone", "datum", "latitude", "longitude", "radius_m", "entry_accuracy_m", "minimum_minutes", "note"],
    zh: ["站点编码", "客户编码", "站点名称", "地址", "时区", "坐标系", "纬度", "经度", "半径(米)", "定位精度(米)", "最短停留(分钟)", "备注"],
  },
  assets: {
    en: ["site_code", "name", "model", "serial", "barcode", "note"],
    zh: ["站点编码", "设备名称", "型号", "序列号", "条码", "备注"],
  },
  "work-orders": {
    en: ["number", "site_code", "template", "title", "description", "priority", "technician_log_in", "window_starts_at", "window_ends_at", "due_at"],
    zh: ["工单编号", "站点编码", "模板", "标题", "工作内容", "优先级", "技术员账号", "预约开始", "预约结束", "截止时间"],
  },
};

/** A byte order mark, by which spreadsheets know UTF-8, and the header. */
export const templateOf = (kind: ImportKind, language: Language = currentLanguage()): string =>
  `\uFEFF${COLUMNS[kind][language].join(",")}\r\n`;
