import { defineWords } from "../../shared/i18n/i18n";

/** What is done with a work order, as the buttons say it; the states it leads to are in work_states.ts. */
export const stepWords = defineWords({
  assign: { en: "Mark as assigned", zh: "确认派工" },
  accept: { en: "Accept", zh: "接单" },
  takeBack: { en: "Take the acceptance back", zh: "退回接单" },
  arrive: { en: "Mark as arrived", zh: "到场" },
  arriveAgain: { en: "Mark as arrived again", zh: "再次到场" },
  complete: { en: "Mark as done", zh: "完工" },
  completePartly: { en: "Mark as partly done", zh: "部分完工" },
  leaveUnresolved: { en: "Leave unresolved", zh: "标为未解决" },
  dispatchAgain: { en: "Dispatch again", zh: "再次派工" },
  close: { en: "Close", zh: "关闭工单" },
  reopen: { en: "Reopen and dispatch again", zh: "重新打开并派工" },
  cancel: { en: "Cancel the work order", zh: "取消工单" },
  restore: { en: "Take the cancellation back", zh: "撤销取消" },
});
