import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import { ApiProblem } from "../../shared/api/problem";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Field } from "../../shared/ui/field";
import { api } from "../session";
import { Choice } from "../ui/choice";
import { Finder, type Found } from "../ui/finder";
import { type FieldErrors, FormDialog } from "../ui/form_dialog";
import { read, useAnswer } from "../ui/use_answer";
import { work as words } from "../words/work";
import { ChecklistEditor, itemsOf } from "./checklist_editor";
import { changeText } from "./history_texts";
import { ManyFinder } from "./many_finder";
import { bodyOf, changesOf, type Draft, draftOf, emptyDraft, endOf } from "./order_draft";
import type { Order } from "./order_texts";

type Template = Schema<"ChecklistTemplate">;

interface Properties {
  /** Null: a new one. */
  order: Order | null;
  onClose: () => void;
  onDone: (id: string) => void;
}

export const PRIORITIES: readonly Schema<"Priority">[] = ["low", "normal", "high", "urgent"];
export const priorityOptions = () => PRIORITIES.map((value) => ({ value, label: t(words[value]) }));
export const TECHNICIANS = { role: "technician", disabled: "false" } as const;

/** Somebody else was faster. What they did is said, and the next attempt counts from there. */
class Overtaken extends Error {
  override toString(): string {
    return this.message;
  }
}

/** What the order became meanwhile, in words. */
async function whatChanged(before: Order, now: Order): Promise<string> {
  const { items } = await read<"listWorkOrderHistory">(path`/v1/work-orders/${before.id}/history`, { limit: 200 });
  const since = items.filter(({ happened_at: at }) => Date.parse(at) >= Date.parse(before.updated_at)).slice(-3);
  const said = since.map((event) => `${event.actor?.name ?? t(words.system)}: ${changeText(event, now)}`);
  return said.join("; ");
}

/** A new work order, or a change of one. */
export function OrderDialog({ order, onClose, onDone }: Properties) {
  const [id] = useState(() => order?.id ?? crypto.randomUUID());
  const [base, setBase] = useState(order);
  const [draft, setDraft] = useState<Draft>(() => (order ? draftOf(order) : emptyDraft()));
  const [found, setFound] = useState<Found | null>(order?.site ?? null);
  const site = useAnswer<"getSite">(found && path`/v1/sites/${found.id}`).body;
  const zone = site?.time_zone ?? order?.site.time_zone ?? "UTC";

  const create = () =>
    api.call<"createWorkOrder">({ method: "POST", path: "/v1/work-orders", json: { id, site_id: found?.id, ...bodyOf(draft, zone) } });
  const change = async (shown: Order) => {
    const moved = found && found.id !== shown.site.id ? { site_id: found.id } : {};
    const json = { ...changesOf(draftOf(shown), draft, zone), ...moved };
    if (Object.keys(json).length === 0) return;
    await api.call<"changeWorkOrder">({ method: "PATCH", path: path`/v1/work-orders/${id}`, json, headers: { "If-Match": `"${shown.version}"` } });
  };
  const submit = async () => {
    try {
      await (base ? change(base) : create());
    } catch (error) {
      if (!base || !(error instanceof ApiProblem) || error.problem.code !== "precondition_failed") throw error;
      const now = await read<"getWorkOrder">(path`/v1/work-orders/${id}`);
      setDraft(rebased(base, now, draft, zone));
      setBase(now);
      throw new Overtaken(t(words.overtaken, { changes: await whatChanged(base, now) }));
    }
    onDone(id);
  };
  return (
    <FormDialog
      title={order ? t(words.changeOrder, { number: order.number }) : t(words.newOrder)}
      action={order ? undefined : t(words.create)}
      submit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <Finder label={t(words.site)} list="/v1/sites" value={found} onValue={setFound} error={errorOf("/site_id")} />
          {!order && <TemplateChoice draft={draft} onDraft={setDraft} />}
          <OrderFields draft={draft} onDraft={setDraft} zone={zone} siteId={found?.id} errorOf={errorOf} />
        </>
      )}
    </FormDialog>
  );
}

/** What was typed, and of all else what it has become. */
function rebased(before: Order, now: Order, draft: Draft, zone: string): Draft {
  const own = changesOf(draftOf(before), draft, zone);
  const fresh = draftOf(now);
  const kept: Partial<Record<keyof Draft, string>> = {
    number: "number", title: "title", description: "description", priority: "priority", starts: "window_starts_at",
    ends: "window_ends_at", due: "due_at", assignees: "assignee_ids", items: "checklist",
  };
  const typed = (Object.keys(kept) as (keyof Draft)[]).filter((name) => (kept[name] as string) in own);
  return { ...fresh, ...Object.fromEntries(typed.map((name) => [name, draft[name]])) } as Draft;
}

interface DraftProperties {
  draft: Draft;
  onDraft: (draft: Draft) => void;
}

function TemplateChoice({ draft, onDraft }: DraftProperties) {
  const [chosen, setChosen] = useState("");
  const templates = useAnswer<"listChecklistTemplates">("/v1/checklist-templates", { is_retired: "false", limit: 200 }).body?.items ?? [];
  const fill = (id: string) => {
    const template = templates.find((known) => known.id === id);
    setChosen(id);
    if (template) onDraft(filled(draft, template));
  };
  return (
    <Choice label={t(words.template)} all={t(words.noTemplate)} options={templates.map(({ id, name }) => ({ value: id, label: name }))} value={chosen} onValue={fill} />
  );
}

function filled(draft: Draft, { title, description, priority, minutes, checklist }: Template): Draft {
  const ends = minutes !== null && draft.starts !== "" ? endOf(draft.starts, minutes) : draft.ends;
  return { ...draft, title, description: description ?? "", priority, ends, items: itemsOf(checklist) };
}

interface FieldsProperties extends DraftProperties {
  zone: string;
  siteId: string | undefined;
  errorOf: FieldErrors;
}

function OrderFields({ draft, onDraft, zone, siteId, errorOf }: FieldsProperties) {
  const assets = useAnswer<"listAssets">(siteId ? "/v1/assets" : null, { site_id: siteId, limit: 200 }).body?.items ?? [];
  const set = (part: Partial<Draft>) => onDraft({ ...draft, ...part });
  const local = { type: "datetime-local" } as const;
  return (
    <>
      <div class="work-fields">
        <Field label={t(words.number)} value={draft.number} onValue={(number) => set({ number })} error={errorOf("/number")} attributes={{ maxLength: 64, autocomplete: "off" }} />
        <Choice label={t(words.priority)} options={priorityOptions()} value={draft.priority} onValue={(value) => set({ priority: value as Draft["priority"] })} error={errorOf("/priority")} />
      </div>
      <Field label={t(words.subject)} value={draft.title} onValue={(title) => set({ title })} error={errorOf("/title")} attributes={{ maxLength: 200, autocomplete: "off" }} />
      <Field label={t(words.description)} lines={3} value={draft.description} onValue={(description) => set({ description })} error={errorOf("/description")} attributes={{ maxLength: 8000 }} />
      {siteId !== undefined && <p class="quiet small">{t(words.clock, { zone })}</p>}
      <div class="work-fields">
        <Field label={t(words.windowStarts)} value={draft.starts} onValue={(starts) => set({ starts })} error={errorOf("/window_starts_at")} attributes={local} />
        <Field label={t(words.windowEnds)} value={draft.ends} onValue={(ends) => set({ ends })} error={errorOf("/window_ends_at")} attributes={local} />
        <Field label={t(words.due)} value={draft.due} onValue={(due) => set({ due })} error={errorOf("/due_at")} attributes={local} />
      </div>
      <ManyFinder label={t(words.technicians)} add={t(words.addTechnician)} list="/v1/users" query={TECHNICIANS} chosen={draft.assignees} onChosen={(assignees) => set({ assignees })} error={errorOf("/assignee_ids")} />
      <ChecklistEditor items={draft.items} onItems={(items) => set({ items })} assets={assets} errorOf={errorOf} />
    </>
  );
}
