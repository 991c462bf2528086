import { useEffect, useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { SuccessOf } from "../../shared/api/types";
import { isoDayOf, t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { Field } from "../../shared/ui/field";
import { failureText } from "../failure_text";
import { api } from "../session";
import { Choice } from "../ui/choice";
import { type FieldErrors, FormDialog } from "../ui/form_dialog";
import { useAnswer } from "../ui/use_answer";
import { schedules as words, work } from "../words/work";
import { ManyFinder, type Named } from "./many_finder";
import { TECHNICIANS } from "./order_dialog";
import { dateText, type Rule, type Schedule, type Weekday, WEEKDAYS, weekdayName } from "./schedule_texts";

const PAUSE_MS = 300;
const FREQUENCIES = ["daily", "weekly", "monthly"] as const;

interface Form {
  readonly name: string;
  readonly templateId: string;
  readonly prefix: string;
  readonly frequency: Rule["frequency"];
  readonly every: string;
  readonly weekdays: readonly Weekday[];
  readonly monthDay: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly from: string;
  readonly to: string;
}

function formOf(schedule: Schedule | null): Form {
  return {
    name: schedule?.name ?? "",
    templateId: schedule?.template.id ?? "",
    prefix: schedule?.number_prefix ?? "PM",
    frequency: schedule?.rule.frequency ?? "weekly",
    every: String(schedule?.rule.every ?? 1),
    weekdays: schedule?.rule.weekdays ?? ["monday"],
    monthDay: String(schedule?.rule.month_day ?? 1),
    startsOn: schedule?.starts_on ?? isoDayOf(Date.now()),
    endsOn: schedule?.ends_on ?? "",
    from: schedule?.window_from ?? "09:00",
    to: schedule?.window_to ?? "11:00",
  };
}

function timingOf(form: Form) {
  const rule: Rule = {
    frequency: form.frequency,
    every: Number(form.every),
    ...(form.frequency === "weekly" && { weekdays: [...form.weekdays] }),
    ...(form.frequency === "monthly" && { month_day: Number(form.monthDay) }),
  };
  return { rule, starts_on: form.startsOn, ends_on: form.endsOn || null, window_from: form.from, window_to: form.to };
}

/** New recurring work, or a change of some; the next dates are shown before anything is stored. */
export function ScheduleDialog({ schedule, onClose, onDone }: { schedule: Schedule | null; onClose: () => void; onDone: () => void }) {
  const [id] = useState(() => schedule?.id ?? crypto.randomUUID());
  const [form, setForm] = useState(() => formOf(schedule));
  const [sites, setSites] = useState<readonly Named[]>(schedule?.sites ?? []);
  const [technicians, setTechnicians] = useState<readonly Named[]>(schedule?.assignees ?? []);
  const set = (part: Partial<Form>) => setForm({ ...form, ...part });
  const templates = useAnswer<"listChecklistTemplates">("/v1/checklist-templates", { limit: 200 }).body?.items ?? [];
  const offered = templates.filter((one) => !one.is_retired || one.id === form.templateId);
  const submit = async () => {
    const json = {
      name: form.name.trim(),
      template_id: form.templateId,
      number_prefix: form.prefix.trim(),
      site_ids: sites.map((one) => one.id),
      assignee_ids: technicians.map((one) => one.id),
      ...timingOf(form),
    };
    if (schedule) {
      const headers = { "If-Match": `"${schedule.version}"` };
      await api.call<"changeWorkSchedule">({ method: "PATCH", path: path`/v1/work-schedules/${id}`, json, headers });
    } else await api.call<"createWorkSchedule">({ method: "POST", path: "/v1/work-schedules", json: { id, ...json } });
    onDone();
  };
  return (
    <FormDialog title={schedule ? t(words.changeSchedule, { name: schedule.name }) : t(words.newSchedule)} submit={submit} onClose={onClose}>
      {(errorOf) => (
        <>
          {schedule && <Banner tone="info">{t(words.changeExplained)}</Banner>}
          <div class="work-fields">
            <Field label={t(words.name)} value={form.name} onValue={(name) => set({ name })} error={errorOf("/name")} attributes={{ maxLength: 100, autocomplete: "off" }} />
            <Choice label={t(work.template)} all={form.templateId ? undefined : "…"} options={offered.map((one) => ({ value: one.id, label: one.name }))} value={form.templateId} onValue={(templateId) => set({ templateId })} error={errorOf("/template_id")} />
            <Field label={t(work.prefix)} value={form.prefix} onValue={(prefix) => set({ prefix })} error={errorOf("/number_prefix")} attributes={{ maxLength: 16, autocomplete: "off" }} />
          </div>
          <ManyFinder label={t(work.sites)} add={t(work.addSite)} list="/v1/sites" chosen={sites} onChosen={setSites} error={errorOf("/site_ids")} />
          <RuleFields form={form} set={set} errorOf={errorOf} />
          <Preview form={form} siteId={sites[0]?.id} />
          <ManyFinder label={t(work.technicians)} add={t(work.addTechnician)} list="/v1/users" query={TECHNICIANS} chosen={technicians} onChosen={setTechnicians} error={errorOf("/assignee_ids")} />
        </>
      )}
    </FormDialog>
  );
}

interface RuleProperties {
  form: Form;
  set: (part: Partial<Form>) => void;
  errorOf: FieldErrors;
}

function RuleFields({ form, set, errorOf }: RuleProperties) {
  const number = (max: number) => ({ type: "number", min: 1, max }) as const;
  return (
    <>
      <div class="work-fields">
        <Choice label={t(words.frequency)} options={FREQUENCIES.map((value) => ({ value, label: t(words[value]) }))} value={form.frequency} onValue={(value) => set({ frequency: value as Form["frequency"] })} error={errorOf("/rule/frequency")} />
        <Field label={t(words.every)} value={form.every} onValue={(every) => set({ every })} error={errorOf("/rule/every")} attributes={number(24)} />
        {form.frequency === "monthly" && (
          <Field label={t(words.monthDay)} hint={t(words.monthDayHint)} value={form.monthDay} onValue={(monthDay) => set({ monthDay })} error={errorOf("/rule/month_day")} attributes={number(31)} />
        )}
      </div>
      {form.frequency === "weekly" && <Weekdays chosen={form.weekdays} onChosen={(weekdays) => set({ weekdays })} error={errorOf("/rule/weekdays")} />}
      <div class="work-fields">
        <Field label={t(words.startsOn)} value={form.startsOn} onValue={(startsOn) => set({ startsOn })} error={errorOf("/starts_on")} attributes={{ type: "date" }} />
        <Field label={t(words.endsOn)} value={form.endsOn} onValue={(endsOn) => set({ endsOn })} error={errorOf("/ends_on")} attributes={{ type: "date" }} />
        <Field label={t(words.windowFrom)} value={form.from} onValue={(from) => set({ from })} error={errorOf("/window_from")} attributes={{ type: "time" }} />
        <Field label={t(words.windowTo)} value={form.to} onValue={(to) => set({ to })} error={errorOf("/window_to")} attributes={{ type: "time" }} />
      </div>
      <p class="quiet small">{t(words.windowHint)}</p>
    </>
  );
}

function Weekdays({ chosen, onChosen, error }: { chosen: readonly Weekday[]; onChosen: (days: readonly Weekday[]) => void; error: string | null }) {
  const turn = (day: Weekday, isOn: boolean) => onChosen(WEEKDAYS.filter((known) => (known === day ? isOn : chosen.includes(known))));
  return (
    <fieldset class="work-many">
      <legend class="field-label">{t(words.weekdays)}</legend>
      <div class="work-days">
        {WEEKDAYS.map((day) => (
          <label key={day} class="work-check">
            <input type="checkbox" checked={chosen.includes(day)} onChange={(event) => turn(day, event.currentTarget.checked)} />
            {weekdayName(day, "long")}
          </label>
        ))}
      </div>
      {error && <p class="field-error" role="alert">{error}</p>}
    </fieldset>
  );
}

/** The server's own dates for the rule as it stands in the form. */
function Preview({ form, siteId }: { form: Form; siteId: string | undefined }) {
  const site = useAnswer<"getSite">(siteId ? path`/v1/sites/${siteId}` : null).body;
  const [dates, setDates] = useState<SuccessOf<"previewWorkSchedule">["items"] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const zone = site?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const key = JSON.stringify([timingOf(form), zone]);
  useEffect(() => {
    const aborter = new AbortController();
    const ask = () => {
      const json = { ...timingOf(form), time_zone: zone };
      api
        .call<"previewWorkSchedule">({ method: "POST", path: "/v1/work-schedule-previews", json, signal: aborter.signal })
        .then(({ body }) => {
          setDates(body.items);
          setFailure(null);
        })
        .catch((error: unknown) => {
          if (aborter.signal.aborted) return;
          setDates(null);
          setFailure(failureText(error));
        });
    };
    const timer = setTimeout(ask, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [key]);
  return (
    <section aria-live="polite">
      <h3>{t(words.preview)}</h3>
      {failure && <p class="field-error">{failure}</p>}
      {dates?.length === 0 && <p class="quiet">{t(words.noDates)}</p>}
      <ul class="work-dates">{dates?.map(({ date }) => <li key={date}>{dateText(date)}</li>)}</ul>
    </section>
  );
}
