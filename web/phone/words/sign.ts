import { defineWords } from "../../shared/i18n/i18n";

/** The customer's screen: reading and signing. And what is shown once it is signed. */
export const sign = defineWords({
  title: { en: "Please read and sign", zh: "请阅读并签字" },
  language: { en: "Language of this page", zh: "页面语言" },
  backToSheet: { en: "Back to the sheet", zh: "返回服务单" },
  changed: {
    en: "The sheet has changed since it was shown before. Please read and sign it again.",
    zh: "服务单自上次展示后有改动，请重新阅读并签字。",
  },
  preparing: { en: "Preparing the sheet…", zh: "正在生成服务单…" },
  missingFact: {
    en: "This phone does not know the visit's work orders any more. Connect to the network and open today's work once.",
    zh: "本机缺少该工单的信息。请联网并打开一次“今日工单”。",
  },
  failed: { en: "The sheet could not be prepared: {detail}", zh: "无法生成服务单：{detail}" },
  name: { en: "Your name", zh: "姓名" },
  role: { en: "Your role, such as site manager", zh: "职务，例如门店经理" },
  rating: { en: "How was the service? (optional)", zh: "您对本次服务是否满意？（选填）" },
  stars: { en: "{count} of 5", zh: "{count} 星（满分 5 星）" },
  noRating: { en: "No rating", zh: "不评价" },
  ratingComment: { en: "A word about it (optional)", zh: "想说点什么（选填）" },
  ratingApart: { en: "The rating is sent along; it is not part of what you sign.", zh: "评价随单提交，不属于签字内容。" },
  signature: { en: "Signature", zh: "签名" },
  openPad: { en: "Sign here", zh: "点此签名" },
  changePad: { en: "Change the signature", zh: "修改签名" },
  padLabel: { en: "Field to draw the signature in", zh: "手写签名区" },
  padHint: { en: "Sign with your finger. You may turn the phone.", zh: "请用手指书写，可横屏。" },
  undo: { en: "Undo", zh: "撤销" },
  clear: { en: "Clear", zh: "清除" },
  padDone: { en: "Done", zh: "完成" },
  tooShort: { en: "That is too short for a signature.", zh: "笔画太短，请完整签名。" },
  typeInstead: { en: "I cannot draw: sign by typing my name", zh: "不便手写：以键入姓名代替签名" },
  drawInstead: { en: "Draw the signature", zh: "改为手写签名" },
  typedConsent: {
    en: "I have read the sheet. My name, typed above, stands for my signature.",
    zh: "我已阅读以上内容，并同意以上方键入的姓名代替手写签名。",
  },
  consent: {
    en: "By signing you confirm the sheet as shown above.",
    zh: "签字即表示您确认以上内容。",
  },
  confirm: { en: "Sign", zh: "确认签字" },
  saving: { en: "Saving the signature…", zh: "正在保存签字…" },
  whatNext: {
    en: "The signed sheet is kept on this phone at once. It is sealed when the phone is online; then you can get a link to it.",
    zh: "签字后立即保存在本机；手机联网后由服务器封存，届时可获取查看链接。",
  },
  needName: { en: "Please write your name.", zh: "请填写姓名。" },
  needRole: { en: "Please write your role.", zh: "请填写职务。" },
  needStrokes: { en: "The signature is missing.", zh: "还没有签名。" },
  needConsent: { en: "Please agree that your typed name signs.", zh: "请勾选同意以键入姓名代替签名。" },
  notSaved: { en: "The signature could not be saved: {detail}", zh: "签字未能保存：{detail}" },
});

/** A signed sheet: where it stands, and what can be done with it. */
export const signed = defineWords({
  title: { en: "Signed", zh: "已签字" },
  thanks: { en: "Thank you, {name}.", zh: "谢谢您，{name}。" },
  handBack: { en: "Please hand the phone back to the technician.", zh: "请将手机交还技术人员。" },
  waiting: {
    en: "Kept on this phone. The server seals it when the phone is online.",
    zh: "已保存在本机，联网后由服务器封存。",
  },
  awaited: {
    en: "Kept on this phone. The server waits for a check-in that belongs to it; if none has come after a day, it seals the signature without it.",
    zh: "已保存在本机。服务器正在等待所属的签到；如果一天后仍未收到，将在缺少签到的情况下封存签字。",
  },
  sealed: { en: "Sealed by the server, {time}", zh: "服务器已封存，{time}" },
  gone: {
    en: "It is no longer in the outbox. Ask the server whether it has it.",
    zh: "发件箱中已没有这条记录，可向服务器查询。",
  },
  heldBack: {
    en: "It cannot be sealed yet: something it belongs to was refused. See the outbox.",
    zh: "暂时无法封存：相关的签到或服务单被拒绝，请查看发件箱。",
  },
  toOutbox: { en: "Open the outbox", zh: "打开发件箱" },
  ask: { en: "Ask the server", zh: "向服务器查询" },
  notThere: { en: "The server has no such signature.", zh: "服务器上没有这份签字。" },
  refusedChanged: {
    en: "The server did not seal it: what the office has differs from what was signed.",
    zh: "服务器没有封存：系统记录与客户签署的内容不一致。",
  },
  differs: { en: "It differs in:", zh: "不一致之处：" },
  refusedOther: { en: "The server refused the signature: {detail}", zh: "服务器拒绝了这份签字：{detail}" },
  refusedSigned: {
    en: "This version was signed already, from another phone or tab. Write a correction if something is wrong.",
    zh: "该版本已在其他设备签字。如有错误，请填写更正单。",
  },
  signAgain: { en: "Show the sheet again and sign anew", zh: "重新展示并签字" },
  signAgainHint: {
    en: "The sheet as the office has it is loaded and shown to the customer. This needs the network.",
    zh: "将从系统加载最新的服务单并展示给客户，需要联网。",
  },
  customerGone: {
    en: "If the customer has left, the sheet stays unsigned; the signature stays on this phone as it was given.",
    zh: "如客户已离开，服务单保持未签字；已有的签名仍保存在本机。",
  },
  signer: { en: "Signed by", zh: "签署人" },
  signedAt: { en: "Signed at", zh: "签署时间" },
  signatureOf: { en: "Signature of {name}", zh: "{name} 的签名" },
  typed: { en: "Signed by typing the name", zh: "以键入姓名方式签署" },
  rating: { en: "Rating", zh: "评价" },
  pdf: { en: "Open the PDF", zh: "查看 PDF" },
  link: { en: "Link for the customer", zh: "给客户的链接" },
  linkHint: { en: "The customer scans this code with their own phone.", zh: "请客户用自己的手机扫码查看。" },
  qr: { en: "QR code of the link", zh: "链接二维码" },
  share: { en: "Share", zh: "分享" },
  copy: { en: "Copy the link", zh: "复制链接" },
  copied: { en: "Copied.", zh: "已复制。" },
  correct: { en: "Correct the sheet", zh: "更正服务单" },
  correctHint: {
    en: "A signed sheet never changes. A correction is a new version, and is signed anew.",
    zh: "已签字的服务单不能修改；更正将生成新版本，需重新签字。",
  },
  toVisit: { en: "Back to the visit", zh: "返回本次上门" },
});
