import { defineWords } from "../../shared/i18n/i18n";

/** Words that several screens use. */
export const common = defineWords({
  appName: { en: "Fieldproof", zh: "Fieldproof 现场服务" },
  back: { en: "Back", zh: "返回" },
  cancel: { en: "Cancel", zh: "取消" },
  close: { en: "Close", zh: "关闭" },
  loading: { en: "One moment…", zh: "请稍候…" },
  tryAgain: { en: "Try again", zh: "重试" },
  notFound: { en: "There is nothing here.", zh: "没有这个页面。" },
  screenFailed: { en: "This part of the app could not be loaded.", zh: "这部分页面加载失败。" },
  toToday: { en: "To today's work", zh: "回到今日工单" },
  today: { en: "Today", zh: "今日" },
  outbox: { en: "Outbox", zh: "发件箱" },
  settings: { en: "Settings", zh: "设置" },
  mainNavigation: { en: "Main navigation", zh: "主导航" },
});
