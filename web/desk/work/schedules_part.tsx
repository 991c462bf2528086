import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import { isoDayOf, listed, t } from "../../shared/i18n/i18n";
import { Field } from "../../shared/ui/field";
import { failureText } from "../failure_text";
import { api } from "../session";
import { hrefTo } from "../shell/route";
import type { PageProperties } from "../shell/page_properties";
import { type Column, DataTable } from "../ui/data_table";
import { FormDialog } from "../ui/form_dialog";
import { ListEnd } from "../ui/list_end";
import { usePages } from "../ui/use_pages";
import { schedules as words, work } from "../words/work";
import { ScheduleDialog } from "./schedule_dialog";
import { dateText, hasEnded, ruleText, type Schedule } from "./schedule_texts";

type Asked =
  | { readonly what: "change"; readonly schedule: Schedule | null }
  | { readonly what: "pause" | "resume" | "end"; readonly schedule: Schedule }
  | { readonly what: "skip"; readonly schedule: Schedule; readonly date: string };

/** Work that comes again, and its next dates. */
export function SchedulesPart(_: PageProperties) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const pages = usePages<"listWorkSchedules">("/v1/work-schedules");
  const unskip = async ({ id }: Schedule, date: string) => {
    setFailure(null);
    try {
      await api.call<"unskipWorkScheduleDate">({ method: "DELETE", path: path`/v1/work-schedules/${id}/skips/${date}` });
      pages.reload();
    } catch (error) {
      setFailure(failureText(error));
    }
  };
  const close = () => setAsked(null);
  return (
    <>
      <div class="row row-spread">
        <span />
        <button type="button" class="button button-primary" onClick={() => setAsked({ what: "change", schedule: null })}>
          {t(words.newSchedule)}
        </button>
      </div>
      {failure && <p class="field-error" role="alert">{failure}</p>}
      <DataTable caption={t(work.recurring)} columns={columns(setAsked, unskip)} rows={pages.rows} keyOf={({ id }) => id} empty={pages.isLoading ? "" : t(words.none)} />
      <ListEnd {...pages} />
      {asked?.what === "change" && <ScheduleDialog schedule={asked.schedule} onClose={close} onDone={pages.reload} />}
      {asked?.what === "skip" && <SkipDialog {...asked} onClose={close} onDone={pages.reload} />}
      {asked && asked.what !== "change" && asked.what !== "skip" && <TurnDialog {...asked} onClose={close} onDone={pages.reload} />}
    </>
  );
}

function columns(ask: (asked: Asked) => void, unskip: (schedule: Schedule, date: string) => Promise<void>): Column<Schedule>[] {
  return [
    { name: t(words.name), cell: ({ name }) => name },
    { name: t(words.rule), cell: (schedule) => <div>{ruleText(schedule.rule)}<div class="quiet small">{`${schedule.window_from} – ${schedule.window_to}`}</div></div> },
    { name: t(work.template), cell: ({ template }) => template.name },
    { name: t(work.sites), cell: ({ sites }) => <Sites sites={sites} /> },
    { name: t(work.technicians), cell: ({ assignees }) => listed(assignees.map(({ name }) => name)) || t(work.nobody) },
    { name: t(words.preview), cell: (schedule) => <Dates schedule={schedule} ask={ask} unskip={unskip} /> },
    { name: t(work.state), cell: (schedule) => <State schedule={schedule} /> },
    { name: t(work.actions), cell: (schedule) => <Actions schedule={schedule} ask={ask} /> },
  ];
}

function Sites({ sites }: { sites: Schedule["sites"] }) {
  return (
    <div>
      {sites.slice(0, 3).map(({ id, name }) => (
        <div key={id}>
          <a href={hrefTo("work", ["orders"], { site: id })}>{name}</a>
        </div>
      ))}
      {sites.length > 3 && <div class="quiet">{`+ ${sites.length - 3}`}</div>}
    </div>
  );
}

function State({ schedule }: { schedule: Schedule }) {
  if (hasEnded(schedule)) return <span class="tag work-word">{t(words.ended)}</span>;
  return schedule.is_paused ? <span class="tag tag-warn work-word">{t(words.paused)}</span> : <span class="tag tag-good work-word">{t(words.running)}</span>;
}

interface DatesProperties {
  schedule: Schedule;
  ask: (asked: Asked) => void;
  unskip: (schedule: Schedule, date: string) => Promise<void>;
}

function Dates({ schedule, ask, unskip }: DatesProperties) {
  if (schedule.next_dates.length === 0) return <span class="quiet">{t(words.noDates)}</span>;
  return (
    <ul class="work-dates">
      {schedule.next_dates.map(({ date, skip_reason: skipped, work_orders: made }) => (
        <li key={date}>
          {dateText(date)}{" "}
          <span class="quiet small">
            {skipped ? t(words.skipped, { reason: skipped }) : made > 0 ? t(words.made, { count: made }) : t(words.notMade)}
          </span>
          {skipped ? (
            <button type="button" class="button work-small" aria-label={`${t(words.unskip)}: ${dateText(date)}`} onClick={() => void unskip(schedule, date)}>
              {t(words.unskip)}
            </button>
          ) : (
            <button type="button" class="button work-small" aria-label={`${t(words.skip)}: ${dateText(date)}`} onClick={() => ask({ what: "skip", schedule, date })}>
              {t(words.skip)}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Actions({ schedule, ask }: { schedule: Schedule; ask: (asked: Asked) => void }) {
  const turns = hasEnded(schedule) ? [] : [schedule.is_paused ? "resume" : "pause", "end"] as const;
  return (
    <div class="row">
      {(["change", ...turns] as const).map((what) => (
        <button
          key={what}
          type="button"
          class="button work-small"
          aria-label={`${t(what === "change" ? work.change : words[what])}: ${schedule.name}`}
          onClick={() => ask({ what, schedule })}
        >
          {t(what === "change" ? work.change : words[what])}
        </button>
      ))}
    </div>
  );
}

interface Closing {
  onClose: () => void;
  onDone: () => void;
}

function TurnDialog({ what, schedule, onClose, onDone }: { what: "pause" | "resume" | "end"; schedule: Schedule } & Closing) {
  const submit = async () => {
    const today = isoDayOf(Date.now(), schedule.sites[0]?.time_zone);
    const json = what === "end" ? { ends_on: today < schedule.starts_on ? schedule.starts_on : today } : { is_paused: what === "pause" };
    await api.call<"changeWorkSchedule">({ method: "PATCH", path: path`/v1/work-schedules/${schedule.id}`, json, headers: { "If-Match": `"${schedule.version}"` } });
    onDone();
  };
  return (
    <FormDialog title={t(words[`${what}Title`], { name: schedule.name })} action={t(words[what])} isDanger={what === "end"} submit={submit} onClose={onClose}>
      {() => <p>{t(words[`${what}Explained`])}</p>}
    </FormDialog>
  );
}

function SkipDialog({ schedule, date, onClose, onDone }: { schedule: Schedule; date: string } & Closing) {
  const [reason, setReason] = useState("");
  const submit = async () => {
    await api.call<"skipWorkScheduleDate">({ method: "PUT", path: path`/v1/work-schedules/${schedule.id}/skips/${date}`, json: { reason: reason.trim() } });
    onDone();
  };
  return (
    <FormDialog title={t(words.skipTitle, { date: dateText(date) })} action={t(words.skip)} submit={submit} onClose={onClose}>
      {(errorOf) => (
        <>
          <p>{t(words.skipExplained)}</p>
          <Field label={t(work.reason)} value={reason} onValue={setReason} error={errorOf("/reason")} attributes={{ maxLength: 500 }} />
        </>
      )}
    </FormDialog>
  );
}
