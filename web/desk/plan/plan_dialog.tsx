import { useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { Dialog } from "../../shared/ui/dialog";
import { Field } from "../../shared/ui/field";
import { plan as words } from "../words/plan";
import { workStates } from "../words/work_states";
import { shell } from "../words/shell";
import { Choice } from "../ui/choice";
import { isMovable, type Order, plannedAt, type Technician } from "./board";
import { assignees, type Change, differing } from "./moves";
import { dayAndTime, durationText, windowText } from "./texts";
import type { Planning } from "./travel";
import { instantOf, isDay, minuteOf, momentOf, clock } from "./zone_time";

interface Properties {
  order: Order;
  from: string | null;
  technicians: readonly Technician[];
  planning: Planning;
  zone: string;
  /** The day that is shown, when the work order has none. */
  day: string;
  onSave: (change: Change) => void;
  onClose: () => void;
}

/** Everything that the plan says of a work order, to be typed: who, when, how long. */
export function PlanDialog({ order, from, technicians, planning, zone, day, onSave, onClose }: Properties) {
  const at = plannedAt(order);
  const moment = at === null ? null : momentOf(at, zone);
  const [who, setWho] = useState(from ?? order.assignee_ids[0] ?? "");
  const [on, setOn] = useState(moment?.day ?? day);
  const [time, setTime] = useState(moment ? clock(moment.minute) : "");
  const [minutes, setMinutes] = useState(order.planned_minutes === null ? "" : String(order.planned_minutes));
  const [isRefused, setRefused] = useState(false);
  const minute = minuteOf(time);
  const duration = minutes.trim() === "" ? null : Number(minutes);
  const isTimeWrong = time === "" ? who !== "" && from !== null : minute === null || !isDay(on);
  const isDurationWrong = duration !== null && !(Number.isInteger(duration) && duration >= 5 && duration <= 1440);
  const others = order.assignee_ids.filter((id) => id !== from && id !== who && from !== null);
  const nameOf = (id: string) => technicians.find((technician) => technician.id === id)?.name ?? "";

  const save = (event: Event) => {
    event.preventDefault();
    if (isTimeWrong || isDurationWrong) return setRefused(true);
    const wanted: Change = {
      assignee_ids: who === "" ? others : assignees(order, from, who),
      planned_starts_at: minute === null ? null : new Date(instantOf({ day: on, minute }, zone)).toISOString(),
      planned_minutes: duration,
    };
    // The window's begin stands for a time that nobody planned; looking at it plans nothing.
    if (order.planned_starts_at === null && at !== null && wanted.planned_starts_at && Date.parse(at) === Date.parse(wanted.planned_starts_at))
      delete wanted.planned_starts_at;
    const change = differing(order, wanted);
    if (change) onSave(change);
    onClose();
  };
  const window = windowText(order, zone);
  return (
    <Dialog title={t(words.edit, { number: order.number })} onClose={onClose}>
      <p>{order.title}</p>
      <p class="quiet">
        {t(workStates[order.state])}
        {window && ` · ${t(words.window, { window })}`}
        {order.due_at && ` · ${t(words.due, { due: dayAndTime(order.due_at, zone) })}`}
      </p>
      {isMovable(order) ? (
        <form class="stack" onSubmit={save} noValidate>
          <Choice
            label={t(words.who)}
            all={t(words.nobody)}
            options={technicians.map(({ id, name }) => ({ value: id, label: name }))}
            value={who}
            onValue={setWho}
          />
          {others.length > 0 && <p class="quiet">{t(words.othersStay, { names: others.map(nameOf).join(", ") })}</p>}
          <div class="row plan-fields">
            <Field label={t(words.dayOf)} value={on} onValue={setOn} attributes={{ type: "date" }} />
            <Field
              label={t(words.start)}
              value={time}
              onValue={setTime}
              attributes={{ type: "time", step: 300 }}
              error={isRefused && isTimeWrong ? t(words.whenNeeded) : null}
            />
          </div>
          <Field
            label={t(words.duration)}
            hint={t(words.durationHint, { minutes: durationText(planning.visit_minutes) })}
            value={minutes}
            onValue={setMinutes}
            attributes={{ inputMode: "numeric" }}
            error={isRefused && isDurationWrong ? t(words.durationRange) : null}
          />
          <div class="row">
            <button type="submit" class="button button-primary">{t(shell.save)}</button>
            <button type="button" class="button" onClick={onClose}>{t(shell.cancel)}</button>
          </div>
        </form>
      ) : (
        <div class="stack">
          <p>{t(words.fixed, { number: order.number })}</p>
          <button type="button" class="button" onClick={onClose}>{t(words.close)}</button>
        </div>
      )}
    </Dialog>
  );
}
