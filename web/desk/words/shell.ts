import { defineWords } from "../../shared/i18n/i18n";

export const shell = defineWords({
  navigation: { en: "Sections", zh: "功能导航" },
  account: { en: "Account", zh: "账户" },
  theme: { en: "Appearance", zh: "外观" },
  system: { en: "As the system", zh: "跟随系统" },
  light: { en: "Light", zh: "浅色" },
  dark: { en: "Dark", zh: "深色" },
  notFound: { en: "There is nothing at this address.", zh: "此地址没有内容。" },
  sectionFailed: { en: "This page could not be loaded.", zh: "页面加载失败。" },
  more: { en: "Show more", zh: "加载更多" },
  nothing: { en: "Nothing to show.", zh: "没有内容。" },
  open: { en: "Open", zh: "打开" },
  save: { en: "Save", zh: "保存" },
  cancel: { en: "Cancel", zh: "取消" },
  all: { en: "All", zh: "全部" },
  choose: { en: "Choose", zh: "选择" },
  search: { en: "Search", zh: "搜索" },
  severalFit: { en: "Several fit. Please choose one of those offered.", zh: "有多个匹配项，请从列表中选择。" },
  noneFits: { en: "Nothing has this name.", zh: "没有匹配的名称。" },
  filters: { en: "Filters", zh: "筛选" },
});
