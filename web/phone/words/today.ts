import { defineWords } from "../../shared/i18n/i18n";

export const today = defineWords({
  title: { en: "Today", zh: "今日工单" },
  nothing: { en: "No work orders for today.", zh: "今天没有工单。" },
  neverFetched: {
    en: "The day has not been loaded yet. Connect to the network once.",
    zh: "还没有加载今天的工单，请先联网一次。",
  },
});
