import { dayOf, isoDayOf, t, timeOfDay, type Word } from "../shared/i18n/i18n";
import type { SharedWorkOrder } from "./shared_work";
import { windowText } from "./times";
import { workWords as words } from "./words/work";

type State = SharedWorkOrder["state"];

const SENTENCES: Record<State, Word> = {
  new: words.saysNew,
  assigned: words.saysAssigned,
  accepted: words.saysAccepted,
  on_site: words.saysOnSite,
  done: words.saysDone,
  partly_done: words.saysPartly,
  unresolved: words.saysUnresolved,
  closed: words.saysClosed,
  cancelled: words.saysCancelled,
};

/** How far each state is on the way; cancelled work is on none. */
const STEPS: Record<Exclude<State, "cancelled">, number> = {
  new: 0, assigned: 1, accepted: 2, on_site: 3, partly_done: 4, unresolved: 4, done: 4, closed: 4,
};

export function WorkOrderCard({ order, zone }: { order: SharedWorkOrder; zone: string }) {
  const names = order.technicians.join(t(words.and)) || t(words.somebody);
  const isOver = ["done", "closed", "cancelled"].includes(order.state);
  const planned = isOver ? null : windowText(order, zone);
  return (
    <section class="card">
      <p class="small quiet">{order.number}</p>
      <h2>{order.title}</h2>
      <p class={`customer-state customer-state-${order.state}`}>{sentence(order, names, zone)}</p>
      {planned && <p>{planned}</p>}
      {order.state !== "cancelled" && <Progress order={order} state={order.state} />}
    </section>
  );
}

function sentence({ state, on_the_way_since: since }: SharedWorkOrder, names: string, zone: string): string {
  if (since === null) return t(SENTENCES[state], { names });
  const isToday = isoDayOf(since, zone) === isoDayOf(Date.now(), zone);
  const time = isToday ? timeOfDay(since, zone) : `${dayOf(since, zone)} ${timeOfDay(since, zone)}`;
  return t(words.saysOnTheWay, { names, time });
}

function Progress({ order, state }: { order: SharedWorkOrder; state: Exclude<State, "cancelled"> }) {
  const last = state === "partly_done" || state === "unresolved" ? words.more : words.done;
  const isOnTheWay = order.on_the_way_since !== null;
  const steps = [words.received, words.planned, isOnTheWay ? words.onTheWay : words.confirmed, words.onSite, last];
  // Whoever is on the way has accepted, said or not.
  const now = isOnTheWay ? STEPS.accepted : STEPS[state];
  const isDone = state === "done" || state === "closed";
  return (
    <ol class="customer-steps" aria-label={t(words.progress, { number: order.number })}>
      {steps.map((step, i) => {
        const isBehind = i < now || (isDone && i === now);
        const kind = isBehind ? "behind" : i === now ? "now" : "ahead";
        return (
          <li key={i} class={`customer-step customer-step-${kind}`} aria-current={i === now ? "step" : undefined}>
            {t(step)}
            {kind !== "ahead" && <span class="unseen"> ({t(kind === "now" ? words.stepNow : words.stepDone)})</span>}
          </li>
        );
      })}
    </ol>
  );
}
