import { defineWords } from "../../shared/i18n/i18n";

/** Photos that may be of no use. */
export const doubts = defineWords({
  title: {
    en: "{count} photos may not be usable",
    en_one: "1 photo may not be usable",
    zh: "有 {count} 张照片可能不能用",
  },
  letBe: { en: "Leave it as it is", zh: "不重拍" },
  checkInFirst: { en: "To take it again, check in again.", zh: "如需重拍，请先再次签到。" },
  mark: { en: "may not be usable", zh: "可能不能用" },
});
