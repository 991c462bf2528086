import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import { t } from "../../shared/i18n/i18n";
import { api } from "../session";
import { FormDialog } from "../ui/form_dialog";
import { work as words } from "../words/work";
import { ManyFinder, type Named } from "./many_finder";
import { TECHNICIANS } from "./order_dialog";
import type { Order } from "./order_texts";

interface Properties {
  order: Order;
  onClose: () => void;
  onDone: () => void;
}

/** Who goes. A new work order becomes assigned by it. */
export function AssignDialog({ order: newest, onClose, onDone }: Properties) {
  const [order] = useState(newest); // as it was when somebody chose: a change meanwhile is refused, not overwritten
  const [chosen, setChosen] = useState<readonly Named[]>(order.assignees);
  const submit = async () => {
    const json = { assignee_ids: chosen.map(({ id }) => id) };
    await api.call<"changeWorkOrder">({ method: "PATCH", path: path`/v1/work-orders/${order.id}`, json, headers: { "If-Match": `"${order.version}"` } });
    onDone();
  };
  return (
    <FormDialog title={t(words.assignOrder, { number: order.number })} action={t(words.assign)} submit={submit} onClose={onClose}>
      {(errorOf) => (
        <ManyFinder label={t(words.technicians)} add={t(words.addTechnician)} list="/v1/users" query={TECHNICIANS} chosen={chosen} onChosen={setChosen} error={errorOf("/assignee_ids")} />
      )}
    </FormDialog>
  );
}
