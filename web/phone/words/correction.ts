import { defineWords } from "../../shared/i18n/i18n";

/** A manager wants a signed sheet corrected. */
export const correction = defineWords({
  title: { en: "Visit sheets to correct", zh: "需要更正的服务单" },
  card: { en: "Correct the visit sheet, version {version}", zh: "更正服务单（第 {version} 版）" },
  asked: { en: "{name} asks for a correction", zh: "{name} 要求更正" },
  wrong: { en: "Wrong: {blocks}", zh: "有误之处：{blocks}" },
  comma: { en: ", ", zh: "、" },
  open_before: { en: "open before this visit", zh: "到访前未解决" },
  done: { en: "done on this visit", zh: "本次完成" },
  left_open: { en: "left open and plan", zh: "遗留事项与计划" },
  parts: { en: "parts used", zh: "使用备件" },
  evidence: { en: "photos, scans or check-ins", zh: "照片、扫码或签到" },
  signature: { en: "signature", zh: "客户签字" },
  notHere: {
    en: "This visit is no longer on this phone. Fetch it from the office; you need a network for that.",
    zh: "本机已没有这次到场记录，请联网从后台获取。",
  },
  fetch: { en: "Fetch the visit", zh: "获取到场记录" },
  fetching: { en: "Fetching…", zh: "正在获取…" },
});
