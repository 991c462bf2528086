import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import { t } from "../../shared/i18n/i18n";
import { Field } from "../../shared/ui/field";
import { api } from "../session";
import { FormDialog } from "../ui/form_dialog";
import { work as words } from "../words/work";
import { workStates } from "../words/work_states";
import type { Order } from "./order_texts";
import { type State, stepName, STEPS } from "./steps";

interface Properties {
  order: Order;
  to: State;
  onClose: () => void;
  onDone: () => void;
}

/** Asks before a work order moves on, and for a reason where one is needed. */
export function StepDialog({ order: newest, to, onClose, onDone }: Properties) {
  const [id] = useState(() => crypto.randomUUID());
  const [order] = useState(newest); // as it was when somebody decided
  const [reason, setReason] = useState("");
  const needsReason = STEPS.some((step) => step.from === order.state && step.to === to && step.needsReason);
  const name = stepName(order.state, to);
  const submit = async () => {
    const json = { id, to, ...(needsReason && { reason: reason.trim() }) };
    await api.call<"transitionWorkOrder">({
      method: "POST", path: path`/v1/work-orders/${order.id}/transitions`, json, headers: { "If-Match": `"${order.version}"` },
    });
    onDone();
  };
  return (
    <FormDialog
      title={t(words.stepTo, { number: order.number, step: name })}
      action={name}
      isDanger={to === "cancelled"}
      submit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <p>{t(words.stepNow, { from: t(workStates[order.state]), to: t(workStates[to]) })}</p>
          {needsReason && <Field label={t(words.reason)} lines={3} value={reason} onValue={setReason} error={errorOf("/reason")} attributes={{ maxLength: 1000 }} />}
        </>
      )}
    </FormDialog>
  );
}
