import { defineWords } from "../../shared/i18n/i18n";

export const pageWords = defineWords({
  title: { en: "Your service", zh: "服务进度" },
  loading: { en: "One moment…", zh: "请稍候…" },
  refresh: { en: "Refresh", zh: "刷新" },
  language: { en: "中文", zh: "English" },
  tryAgain: { en: "Try again", zh: "重试" },
  expired: { en: "This link has expired. Ask for a new one.", zh: "链接已过期，请向服务方索取新的链接。" },
  unknown: {
    en: "There is nothing behind this link. Check that it is complete, or ask for a new one.",
    zh: "链接无效。请确认链接完整，或向服务方索取新的链接。",
  },
  noNetwork: { en: "No connection. Check the network and try again.", zh: "网络连接失败，请检查网络后重试。" },
  tooMany: { en: "Too many requests. Wait {seconds} seconds and try again.", zh: "操作过于频繁，请 {seconds} 秒后再试。" },
  unavailable: { en: "That did not work just now. Try again in a moment.", zh: "暂时无法完成，请稍后再试。" },
  refused: { en: "That did not work: {detail}", zh: "操作未成功：{detail}" },
  validUntil: { en: "This link works until {day}. Whoever has it sees this page.", zh: "链接有效期至 {day}。持有链接的人都能看到本页。" },
  send: { en: "Send", zh: "提交" },
  sending: { en: "Sending…", zh: "正在提交…" },
  cancel: { en: "Cancel", zh: "取消" },
});
