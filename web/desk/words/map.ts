import { defineWords } from "../../shared/i18n/i18n";

export const map = defineWords({
  label: { en: "Map, north up. {words}", zh: "地图，上北下南。{words}" },
  zoomIn: { en: "Closer", zh: "放大" },
  zoomOut: { en: "Farther", zh: "缩小" },
  north: { en: "N", zh: "北" },
  showAll: { en: "Show all", zh: "显示全部" },
  loading: { en: "The map is being loaded …", zh: "地图加载中……" },
  failed: { en: "The map could not be loaded.", zh: "地图无法加载。" },
  tilesFail: { en: "The tile server does not answer; this is the plain grid.", zh: "地图服务无响应，当前显示坐标网格。" },
});
