import { dayOf, isoDayOf, t, timeOfDay, type Word } from "../../shared/i18n/i18n";
import { verdictOf } from "../audit/verdicts";
import { timeAt, zoneMark } from "../moments";
import { hrefTo } from "../shell/route";
import { board as words } from "../words/board";
import { workStates } from "../words/work_states";
import { agoText, lengthText } from "./age";
import type { Technician, WorkOrder } from "./board_state";
import type { Lateness } from "./lateness";
import type { Row, Shown } from "./rows";

interface Place {
  nowMs: number;
  /** The board's day and the organisation's zone: what is of another day says so. */
  day: string;
  timeZone: string;
}

/** A technician: where they are, and their work. */
export function BoardRow({ row: { technician, work }, ...place }: { row: Row } & Place) {
  return (
    <article class="board-row" data-technician={technician?.id ?? "nobody"}>
      <header>
        <h2>{technician?.name ?? t(words.nobody)}</h2>
        {technician ? <Where technician={technician} nowMs={place.nowMs} /> : <p class="quiet">{t(words.nobodyNote)}</p>}
      </header>
      {work.length > 0 ? (
        <Work work={work} {...place} />
      ) : (
        <p class="quiet">{t(words.idle)}</p>
      )}
    </article>
  );
}

/** Closed work hides nothing that is still to be done: more than a few of it are folded away. */
const CLOSED_SHOWN = 2;

function Work({ work, ...place }: { work: Row["work"] } & Place) {
  const closed = work.filter(({ order }) => order.state === "closed");
  const isFolded = closed.length > CLOSED_SHOWN && closed.length < work.length;
  const cards = (shown: Row["work"]) => (
    <ul class="board-work">
      {shown.map((each) => (
        <WorkCard key={each.order.id} shown={each} {...place} />
      ))}
    </ul>
  );
  if (!isFolded) return cards(work);
  return (
    <div>
      {cards(work.filter(({ order }) => order.state !== "closed"))}
      <details class="board-closed">
        <summary>
          {t(workStates.closed)} · {t(words.workCount, { count: closed.length })}
        </summary>
        {cards(closed)}
      </details>
    </div>
  );
}

/** The last check-in: what, where, how long ago, and whether it is in doubt. */
function Where({ technician: { last_check_in: last }, nowMs }: { technician: Technician; nowMs: number }) {
  if (!last) return <p class="quiet">{t(words.never)}</p>;
  const { tone, word } = verdictOf(last.verdict);
  return (
    <>
      <p>
        <a href={hrefTo("visits", [last.visit_id])}>{last.site.name}</a>
      </p>
      <p class="quiet">
        {t(words[last.kind])} {agoText(nowMs - Date.parse(last.captured_at))}
        {last.geofence === "outside" && ` · ${t(words.outside)}`}
      </p>
      {last.verdict !== "accepted" && (
        <p>
          <span class={`board-mark board-mark-${tone}`}>{t(word)}</span>
        </p>
      )}
    </>
  );
}

const LATENESS: Record<string, Word> = {
  "late due": words.dueLate,
  "late window": words.windowLate,
  "late start": words.startLate,
  "soon due": words.dueSoon,
  "soon window": words.windowSoon,
};

function latenessText({ kind, of, ms }: Lateness): string {
  const word = LATENESS[`${kind} ${of}`];
  return word ? t(word, { age: lengthText(ms) }) : "";
}

function WorkCard({ shown: { order, lateness }, ...place }: { shown: Shown } & Place) {
  return (
    <li class={`board-card board-state-${order.state}`} data-work-order={order.id}>
      <p class="board-card-head">
        <span class="board-mark">{t(workStates[order.state])}</span>
        <span class="quiet">{whenText(order, place)}</span>
      </p>
      <a href={hrefTo("work", ["orders", order.id])}>
        <strong>{order.title}</strong>
      </a>
      <p class="quiet">
        {order.site.name} · {order.number}
      </p>
      {lateness && (
        <p class={`board-mark board-mark-${lateness.kind === "late" ? "fail" : "warn"}`}>{latenessText(lateness)}</p>
      )}
      {order.on_the_way && <p class="board-mark board-mark-info">{t(words.onTheWay, { time: timeOfDay(order.on_the_way.since) })}</p>}
      {order.visit_id && <a href={hrefTo("visits", [order.visit_id])}>{t(words.visit)}</a>}
    </li>
  );
}

/** When it is to be done, by the site's clock; the day too when it is not the board's. */
function whenText(order: WorkOrder, { day }: Place): string {
  const zone = order.site.time_zone;
  const time = (at: string) => (isoDayOf(at, zone) === day ? "" : `${dayOf(at, zone)} `) + timeOfDay(at, zone);
  const whole = (at: string) => time(at) + zoneMark(at, zone);
  if (order.planned_starts_at) return t(words.from, { start: whole(order.planned_starts_at) });
  if (order.window_starts_at && order.window_ends_at) {
    return t(words.window, { start: time(order.window_starts_at), end: timeAt(order.window_ends_at, zone) });
  }
  if (order.window_starts_at) return t(words.from, { start: whole(order.window_starts_at) });
  return order.due_at ? t(words.due, { time: whole(order.due_at) }) : t(words.noTime);
}
