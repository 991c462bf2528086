import { defineWords } from "../i18n/i18n";

/** What a photo shows. */
export const roles = defineWords({
  before: { en: "Before", zh: "施工前" },
  after: { en: "After", zh: "完工后" },
  nameplate: { en: "Nameplate", zh: "铭牌" },
  part: { en: "Part", zh: "配件" },
  damage: { en: "Damage", zh: "故障部位" },
  meter: { en: "Meter", zh: "仪表读数" },
  overview: { en: "Overview", zh: "现场全景" },
  other: { en: "Other", zh: "其他" },
});
