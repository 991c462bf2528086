import { defineWords } from "../../shared/i18n/i18n";

/** What can be found about a photo, as evidence/code_table.c calls it; a test compares the two. */
export const findingTitles = defineWords({
  photo_taken_before: { en: "Photo older than the visit", zh: "照片早于上门" },
  photo_taken_after: { en: "Photo dated after the check-in", zh: "照片晚于打卡" },
  photo_taken_elsewhere: { en: "Photo taken elsewhere", zh: "照片拍摄地点不符" },
  photo_reused: { en: "Photo of another visit", zh: "照片来自其他上门记录" },
  photo_sent_twice: { en: "Photo sent twice", zh: "照片重复提交" },
  photo_edited: { en: "Edited photo", zh: "照片经过编辑" },
  photo_other_camera: { en: "Other camera than usual", zh: "与常用相机不同" },
  photo_too_small: { en: "Photo too small", zh: "照片尺寸过小" },
  photo_too_dark: { en: "Photo too dark", zh: "照片过暗" },
  photo_blurred: { en: "Photo may be blurred", zh: "照片可能模糊" },
});
