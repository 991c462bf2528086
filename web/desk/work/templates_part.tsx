import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { listed, t } from "../../shared/i18n/i18n";
import { Field } from "../../shared/ui/field";
import { failureText } from "../failure_text";
import { api } from "../session";
import { withQuery } from "../shell/route";
import type { PageProperties } from "../shell/page_properties";
import { Choice } from "../ui/choice";
import { type Column, DataTable } from "../ui/data_table";
import { FormDialog } from "../ui/form_dialog";
import { ListEnd } from "../ui/list_end";
import { Toolbar } from "../ui/toolbar";
import { usePages } from "../ui/use_pages";
import { shell } from "../words/shell";
import { work as words } from "../words/work";
import { ChecklistEditor, type Item, itemsOf } from "./checklist_editor";
import { priorityOptions } from "./order_dialog";

type Template = Schema<"ChecklistTemplate">;

/** What work orders of one kind begin with. */
export function TemplatesPart({ route }: PageProperties) {
  const [asked, setAsked] = useState<{ template: Template | null } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const retired = route.query.get("retired") ?? "false";
  const pages = usePages<"listChecklistTemplates">("/v1/checklist-templates", { is_retired: retired === "all" ? undefined : retired });
  const retire = async ({ id, version, is_retired: isRetired }: Template) => {
    setFailure(null);
    try {
      const headers = { "If-Match": `"${version}"` };
      await api.call<"changeChecklistTemplate">({ method: "PATCH", path: path`/v1/checklist-templates/${id}`, json: { is_retired: !isRetired }, headers });
      pages.reload();
    } catch (error) {
      setFailure(failureText(error));
    }
  };
  const columns: readonly Column<Template>[] = [
    { name: t(words.templateName), cell: ({ name }) => name },
    { name: t(words.subject), cell: ({ title }) => title },
    { name: t(words.minutes), cell: ({ minutes }) => minutes ?? "", isNumber: true },
    { name: t(words.checklist), cell: ({ checklist }) => listed(checklist.map(({ label }) => label)) },
    { name: t(words.state), cell: ({ is_retired: isRetired }) => t(isRetired ? words.retired : words.inUse), isWhole: true },
    {
      name: t(words.actions),
      cell: (template) => (
        <div class="row">
          <button type="button" class="button work-small" aria-label={`${t(words.change)}: ${template.name}`} onClick={() => setAsked({ template })}>
            {t(words.change)}
          </button>
          <button type="button" class="button work-small" onClick={() => void retire(template)}>
            {t(template.is_retired ? words.restore : words.retire)}
          </button>
        </div>
      ),
    },
  ];
  return (
    <>
      <div class="row row-spread">
        <Toolbar>
          <Choice
            label={t(words.which)}
            options={[{ value: "false", label: t(words.inUse) }, { value: "true", label: t(words.retired) }, { value: "all", label: t(shell.all) }]}
            value={retired}
            onValue={(value) => withQuery(route, "retired", value === "false" ? "" : value)}
          />
        </Toolbar>
        <button type="button" class="button button-primary" onClick={() => setAsked({ template: null })}>
          {t(words.newTemplate)}
        </button>
      </div>
      {failure && <p class="field-error" role="alert">{failure}</p>}
      <DataTable caption={t(words.templates)} columns={columns} rows={pages.rows} keyOf={({ id }) => id} empty={pages.isLoading ? "" : t(words.noTemplates)} />
      <ListEnd {...pages} />
      {asked && <TemplateDialog template={asked.template} onClose={() => setAsked(null)} onDone={pages.reload} />}
    </>
  );
}

function TemplateDialog({ template, onClose, onDone }: { template: Template | null; onClose: () => void; onDone: () => void }) {
  const [id] = useState(() => template?.id ?? crypto.randomUUID());
  const [items, setItems] = useState<readonly Item[]>(() => itemsOf(template?.checklist ?? []));
  const [form, setForm] = useState({
    name: template?.name ?? "", title: template?.title ?? "", description: template?.description ?? "",
    priority: template?.priority ?? "normal", minutes: template?.minutes?.toString() ?? "120",
  });
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const submit = async () => {
    const json = {
      name: form.name.trim(),
      title: form.title.trim(),
      description: form.description.trim() || null,
      priority: form.priority,
      minutes: form.minutes === "" ? null : Number(form.minutes),
      checklist: items.map(({ kind, label, photo_role, minimum_count, required }) => ({ kind, label: label.trim(), photo_role, minimum_count, required })),
    };
    if (template) {
      const headers = { "If-Match": `"${template.version}"` };
      await api.call<"changeChecklistTemplate">({ method: "PATCH", path: path`/v1/checklist-templates/${id}`, json, headers });
    } else await api.call<"createChecklistTemplate">({ method: "POST", path: "/v1/checklist-templates", json: { id, ...json } });
    onDone();
  };
  return (
    <FormDialog title={template ? t(words.changeTemplate, { name: template.name }) : t(words.newTemplate)} submit={submit} onClose={onClose}>
      {(errorOf) => (
        <>
          <Field label={t(words.templateName)} value={form.name} onValue={(name) => set({ name })} error={errorOf("/name")} attributes={{ maxLength: 100 }} />
          <Field label={t(words.subject)} value={form.title} onValue={(title) => set({ title })} error={errorOf("/title")} attributes={{ maxLength: 200 }} />
          <Field label={t(words.description)} lines={3} value={form.description} onValue={(description) => set({ description })} error={errorOf("/description")} attributes={{ maxLength: 8000 }} />
          <div class="work-fields">
            <Choice label={t(words.priority)} options={priorityOptions()} value={form.priority} onValue={(value) => set({ priority: value as Template["priority"] })} />
            <Field label={t(words.minutes)} value={form.minutes} onValue={(minutes) => set({ minutes })} error={errorOf("/minutes")} attributes={{ type: "number", min: 5, max: 10080 }} />
          </div>
          <ChecklistEditor items={items} onItems={setItems} errorOf={errorOf} />
        </>
      )}
    </FormDialog>
  );
}
