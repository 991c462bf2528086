import { t, timeOfDay } from "../../shared/i18n/i18n";
import { plan as words } from "../words/plan";
import { workStates } from "../words/work_states";
import { type Order, type Site, type Stop, isMovable, plannedAt } from "./board";
import { dayAndTime, dayOfPlan, remarkText, windowText } from "./texts";
import { cardId, type Handles } from "./use_carry";
import { clock } from "./zone_time";

export const HELP_ID = "plan-card-help";

interface Properties {
  order: Order;
  site: Site | undefined;
  /** In whose row it lies; null: in the list. */
  from: string | null;
  zone: string;
  handles: Handles;
  /** At its time in a day; without, it waits. */
  stop?: Stop;
  /** What a block of the day's lane leaves to its name. */
  isBrief?: boolean;
  style?: Record<string, string | number>;
}

/** A work order that can be opened and carried. */
export function Card({ order, site, from, zone, handles, stop, isBrief, style }: Properties) {
  const isCarried = handles.carried?.order.id === order.id;
  const classes = ["plan-card", `plan-state-${order.state}`];
  if (isCarried) classes.push("plan-carried");
  if (stop && stop.remarks.length > 0) classes.push("plan-troubled");
  if (!isMovable(order)) classes.push("plan-fixed");
  return (
    <button
      type="button"
      id={cardId(order.id, from)}
      class={classes.join(" ")}
      style={style}
      aria-describedby={HELP_ID}
      onKeyDown={(event) => handles.onKeyDown(event, order, from)}
      onPointerDown={(event) => handles.onPointerDown(event, order, from)}
      onClick={() => handles.onOpen(order, from)}
    >
      {stop && <Time stop={stop} isBrief={isBrief === true} />}
      <span class="plan-title">{order.title}</span>
      <span class={isBrief ? "unseen" : "plan-facts"}>
        {" "}
        {order.number} · {t(workStates[order.state])}
        {order.priority !== "normal" && ` · ${t(words[order.priority])}`}
        {site && ` · ${site.name}`}
      </span>
      <Facts order={order} zone={zone} stop={stop} isBrief={isBrief === true} />
    </button>
  );
}

function Time({ stop, isBrief }: { stop: Stop; isBrief: boolean }) {
  return (
    <>
      <span class="plan-time">
        {clock(stop.start)}
        <span class={isBrief ? "unseen" : undefined}>–{clock(stop.end)}</span>
      </span>{" "}
    </>
  );
}

function Facts({ order, zone, stop, isBrief }: { order: Order; zone: string; stop: Stop | undefined; isBrief: boolean }) {
  const at = plannedAt(order);
  const window = windowText(order, zone, stop && dayOfPlan(order, zone));
  return (
    <>
      {order.on_the_way && (
        <span class="plan-way"> {t(words.onTheWay, { time: timeOfDay(order.on_the_way.since, zone) })}</span>
      )}
      {!stop && <span class="plan-facts"> {at === null ? t(words.noTime) : t(words.plannedFor, { day: dayAndTime(at, zone) })}</span>}
      {window && <span class={isBrief ? "unseen" : "plan-facts"}> {t(words.window, { window })}</span>}
      {!stop && order.due_at && <span class="plan-facts"> {t(words.due, { due: dayAndTime(order.due_at, zone) })}</span>}
      {stop?.remarks.map((remark) => (
        <span key={remark.kind} class={isBrief ? "unseen" : "plan-remark"}>
          {" "}
          {remarkText(remark, order, zone)}
        </span>
      ))}
    </>
  );
}
