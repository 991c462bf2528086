import { defineWords } from "../../shared/i18n/i18n";

export const genuineWords = defineWords({
  title: { en: "Is this PDF genuine?", zh: "验证 PDF 真伪" },
  intro: {
    en: "Drop a PDF here, or choose one. It is checked on this device and is not sent anywhere.",
    zh: "把 PDF 拖到这里，或选择文件。只在本机上核对，文件不会上传。",
  },
  choose: { en: "Choose a PDF", zh: "选择 PDF 文件" },
  checking: { en: "Checking…", zh: "正在核对…" },
  genuine: {
    en: "Genuine. “{name}” is, byte for byte, a sheet that was issued for the visit of {visit} (version {version}).",
    zh: "真实有效。“{name}”与 {visit} 上门签发的服务单（第 {version} 版）完全一致。",
  },
  issued: { en: "First issued on {when}.", zh: "首次签发于 {when}。" },
  outdated: {
    en: "A newer version of this sheet has been signed since: read that one above.",
    zh: "该服务单之后已签署新版本，请以上方的最新版本为准。",
  },
  unknown: {
    en: "Not known. “{name}” was not issued for this work, or it was changed afterwards. A file that was saved again, printed or compressed counts as changed.",
    zh: "无法确认。“{name}”不是本工单签发的文件，或已被改动。另存、打印或压缩过的文件也会被视为改动。",
  },
  tooLarge: { en: "This file is too large to be one of our sheets.", zh: "文件过大，不可能是我们签发的服务单。" },
  unreadable: { en: "The file could not be read.", zh: "无法读取该文件。" },
  insecure: { en: "The check needs an address that begins with https.", zh: "请通过 https 链接打开本页后再核对。" },
  digest: { en: "SHA-256 of the file", zh: "文件的 SHA-256" },
});
