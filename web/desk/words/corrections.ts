import { defineWords } from "../../shared/i18n/i18n";

/** Asking the technician to correct a signed sheet. */
export const correctionWords = defineWords({
  title: { en: "Correction", zh: "服务单更正" },
  howItGoes: {
    en: "A signed sheet never changes. Ask for a correction: it stands on top of the technician's phone, the technician writes a new version, and the customer signs that. Both versions stay here, in the PDF and in the ZIP.",
    zh: "已签字的服务单不可修改。可要求更正：任务会显示在技术员手机首页，由技术员填写新版本并请客户重新签字。两个版本都会保留在此处、PDF 和 ZIP 中。",
  },
  ask: { en: "Ask for a correction", zh: "要求更正" },
  send: { en: "Send to the technician", zh: "发送给技术员" },
  askHint: {
    en: "About version {version}, as it is signed. The technician reads what you write here.",
    zh: "针对已签字的第 {version} 版。技术员会看到以下内容。",
  },
  where: { en: "Where is it wrong?", zh: "哪里有误？" },
  whereMissing: { en: "Choose at least one part of the sheet.", zh: "请至少选择一处。" },
  open_before: { en: "Open before this visit", zh: "上门前问题" },
  done: { en: "Done on this visit", zh: "本次完成" },
  left_open: { en: "Left open, and the plan", zh: "遗留问题及计划" },
  parts: { en: "Parts", zh: "更换配件" },
  evidence: { en: "Photos, scans or check-ins", zh: "照片、扫码或签到" },
  signature: { en: "Signature", zh: "客户签字" },
  comma: { en: ", ", zh: "、" },
  reason: { en: "What is wrong?", zh: "具体问题" },
  reasonHint: { en: "Say what it should say instead.", zh: "请说明正确内容应是什么。" },
  reasonMissing: { en: "Say what is wrong.", zh: "请填写具体问题。" },
  waiting: { en: "Waiting for {name}", zh: "等待 {name} 更正" },
  wrong: { en: "Wrong: {blocks}", zh: "有误之处：{blocks}" },
  askedBy: { en: "Asked for by {name}, {time}", zh: "{name} 于 {time} 提出" },
  withdraw: { en: "Withdraw the request", zh: "撤回更正要求" },
  withdrawHint: {
    en: "It leaves the phone of {name}. That it was asked for stays in the visit's history.",
    zh: "该任务将从 {name} 的手机上移除；提出记录仍保留在本次上门记录中。",
  },
  asked: { en: "Correction asked for by {name}", zh: "{name} 要求更正服务单" },
  withdrawn: { en: "Correction withdrawn by {name}", zh: "{name} 撤回了更正要求" },
  tag: { en: "Correction asked for", zh: "已要求更正" },
});
