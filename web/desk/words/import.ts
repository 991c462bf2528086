import { defineWords } from "../../shared/i18n/i18n";

/** Import of customers, sites and assets from CSV. */
export const imports = defineWords({
  title: { en: "Import from a spreadsheet", zh: "从表格导入" },
  kind: { en: "What is imported", zh: "导入内容" },
  file: { en: "CSV file", zh: "CSV 文件" },
  fileHint: {
    en: "UTF-8, UTF-16 or GBK, as spreadsheets save it; at most 10,000 rows. Nothing that is there is ever overwritten.",
    zh: "支持 UTF-8、UTF-16 或 GBK 编码，最多 10,000 行。已有数据不会被覆盖。",
  },
  template: { en: "Empty table to fill in", zh: "下载空白模板" },
  check: { en: "Check", zh: "检查" },
  run: { en: "Import {count} rows", zh: "导入 {count} 行", en_one: "Import 1 row" },
  checked: {
    en: "{rows} rows: {imported} are new, {unchanged} are there already, {refused} cannot be imported.",
    zh: "共 {rows} 行：{imported} 行为新数据，{unchanged} 行已存在，{refused} 行无法导入。",
  },
  imported: { en: "{imported} rows were imported, {refused} were not.", zh: "已导入 {imported} 行，{refused} 行未导入。" },
  row: { en: "Row", zh: "行" },
  column: { en: "Column", zh: "列" },
  reason: { en: "Reason", zh: "原因" },
  wholeRow: { en: "the whole row", zh: "整行" },
  refused: { en: "Rows that cannot be imported", zh: "无法导入的行" },
  noneRefused: { en: "Every row can be imported.", zh: "所有行均可导入。" },
  more: { en: "{count} more are not shown.", zh: "另有 {count} 条未显示。" },
});
