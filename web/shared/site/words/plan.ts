import { defineWords } from "../../i18n/i18n";

export const plan = defineWords({
  planLabel: { en: "Plan of the site, north up. {words}", zh: "站点示意图，上北下南。{words}" },
  north: { en: "N", zh: "北" },
});
