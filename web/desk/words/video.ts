import { defineWords } from "../../shared/i18n/i18n";

export const video = defineWords({
  video: { en: "Video", zh: "视频" },
  videoOf: { en: "Video, {duration}", zh: "视频 {duration}" },
  play: { en: "Play the video", zh: "播放视频" },
  back: { en: "Back", zh: "返回" },
  failed: { en: "The video cannot be loaded.", zh: "视频加载失败。" },
});
