import { useState } from "preact/hooks";
import type { SuccessOf } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { Dialog } from "../../shared/ui/dialog";
import { Field } from "../../shared/ui/field";
import { api } from "../session";
import { hrefTo } from "../shell/route";
import { Choice } from "../ui/choice";
import { FormDialog } from "../ui/form_dialog";
import { useAnswer } from "../ui/use_answer";
import { schedules, work as words } from "../words/work";
import { ManyFinder, type Named } from "./many_finder";
import { TECHNICIANS } from "./order_dialog";
import { suggestedNumber } from "./order_draft";

export type Batch = SuccessOf<"createWorkOrderBatch">;

/** One job at many sites, each by its own clock; all work orders or none. */
export function BatchDialog({ onClose, onDone }: { onClose: () => void; onDone: (batch: Batch) => void }) {
  const [id] = useState(() => crypto.randomUUID());
  const [sites, setSites] = useState<readonly Named[]>([]);
  const [technicians, setTechnicians] = useState<readonly Named[]>([]);
  const [form, setForm] = useState({ prefix: suggestedNumber(), templateId: "", title: "", date: "", from: "09:00", to: "11:00" });
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const templates = useAnswer<"listChecklistTemplates">("/v1/checklist-templates", { is_retired: "false", limit: 200 }).body?.items ?? [];
  const submit = async () => {
    const json = {
      id,
      site_ids: sites.map((site) => site.id),
      number_prefix: form.prefix.trim(),
      ...(form.templateId && { template_id: form.templateId }),
      ...(form.title.trim() && { title: form.title.trim() }),
      date: form.date,
      window_from: form.from,
      window_to: form.to,
      assignee_ids: technicians.map((one) => one.id),
    };
    const { body } = await api.call<"createWorkOrderBatch">({ method: "POST", path: "/v1/work-order-batches", json });
    onDone(body);
  };
  return (
    <FormDialog title={t(words.newBatch)} action={t(words.create)} submit={submit} onClose={onClose}>
      {(errorOf) => (
        <>
          <ManyFinder label={t(words.sites)} add={t(words.addSite)} list="/v1/sites" chosen={sites} onChosen={setSites} error={errorOf("/site_ids")} />
          <Choice label={t(words.template)} all={t(words.noTemplate)} options={templates.map((one) => ({ value: one.id, label: one.name }))} value={form.templateId} onValue={(templateId) => set({ templateId })} error={errorOf("/template_id")} />
          <Field label={t(words.subject)} value={form.title} onValue={(title) => set({ title })} error={errorOf("/title")} attributes={{ maxLength: 200 }} />
          <div class="work-fields">
            <Field label={t(words.prefix)} value={form.prefix} onValue={(prefix) => set({ prefix })} error={errorOf("/number_prefix") ?? errorOf("/number")} attributes={{ maxLength: 60 }} />
            <Field label={t(words.date)} value={form.date} onValue={(date) => set({ date })} error={errorOf("/date")} attributes={{ type: "date" }} />
            <Field label={t(schedules.windowFrom)} value={form.from} onValue={(from) => set({ from })} error={errorOf("/window_from")} attributes={{ type: "time" }} />
            <Field label={t(schedules.windowTo)} value={form.to} onValue={(to) => set({ to })} error={errorOf("/window_to")} attributes={{ type: "time" }} />
          </div>
          <p class="quiet small">{t(schedules.windowHint)}</p>
          <ManyFinder label={t(words.technicians)} add={t(words.addTechnician)} list="/v1/users" query={TECHNICIANS} chosen={technicians} onChosen={setTechnicians} error={errorOf("/assignee_ids")} />
        </>
      )}
    </FormDialog>
  );
}

/** What was made of it. */
export function BatchMade({ batch, onClose }: { batch: Batch; onClose: () => void }) {
  return (
    <Dialog title={t(words.newBatch)} onClose={onClose}>
      <div class="stack">
        <Banner tone="good">{t(words.batchMade, { count: batch.work_orders.length })}</Banner>
        <ul>
          {batch.work_orders.map(({ id, number, site }) => (
            <li key={id}>
              <a href={hrefTo("work", ["orders", id])}>{number}</a> {site.name}
            </li>
          ))}
        </ul>
        <button type="button" class="button" onClick={onClose}>
          {t(words.close)}
        </button>
      </div>
    </Dialog>
  );
}
