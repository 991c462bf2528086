import { defineWords } from "../../shared/i18n/i18n";

export const pictureWords = defineWords({
  removed: { en: "Removed on {date} by the retention rule; hash kept", zh: "已于{date}按保留规则清除，哈希值保留" },
  removedShort: { en: "Removed {date}", zh: "{date}已清除" },
  originalRemoved: {
    en: "The original was removed on {date} by the retention rule; its hash and this smaller picture are kept",
    zh: "原图已于{date}按保留规则清除，哈希值和缩略图保留",
  },
});
