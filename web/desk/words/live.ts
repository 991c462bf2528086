import { defineWords } from "../../shared/i18n/i18n";

/** Whether the page follows what happens. */
export const live = defineWords({
  connecting: { en: "Connecting…", zh: "正在连接…" },
  connected: { en: "Live", zh: "实时" },
  broken: { en: "Reconnecting; as of {time}", zh: "正在重新连接；数据截至 {time}" },
  paused: { en: "Paused; as of {time}", zh: "已暂停；数据截至 {time}" },
});
