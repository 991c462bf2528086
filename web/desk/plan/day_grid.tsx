import { t } from "../../shared/i18n/i18n";
import { plan as words } from "../words/plan";
import { type Board, type Day, dayOfBoard, isMovable, type Stop, type Technician } from "./board";
import { Card } from "./card";
import type { Field } from "./carry";
import { remarkText, travelText } from "./texts";
import type { Handles } from "./use_carry";
import { Load } from "./week_grid";
import { clock } from "./zone_time";

interface Properties {
  field: Field;
  technicians: readonly Technician[];
  handles: Handles;
  onOrder: (technician: Technician) => void;
}

/** The hours that are shown, minutes after midnight. */
interface Hours {
  readonly first: number;
  readonly last: number;
}

/** The working day with an hour before it and two behind, and all that is planned. */
function hoursOf(board: Board, technicians: readonly Technician[], day: string, field: Field): Hours {
  const stops = technicians.flatMap(({ id }) => dayOfBoard(board, id, day).stops);
  const { day_start_minutes: begin, capacity_minutes: capacity } = field.planning;
  const first = Math.min(begin - 60, ...stops.map((stop) => stop.start));
  const last = Math.max(begin + capacity + 120, ...stops.map((stop) => stop.end));
  return { first: Math.max(0, Math.floor(first / 60) * 60), last: Math.min(1440, Math.ceil(last / 60) * 60) };
}

/** Percent of the lane. */
const share = (minutes: number, { first, last }: Hours): string => `${(minutes / (last - first)) * 100}%`;

/** Technicians as rows, the hours of one day from left to right. */
export function DayGrid({ field, technicians, handles, onOrder }: Properties) {
  const day = field.days[0] ?? field.today;
  const hours = hoursOf(field.board, technicians, day, field);
  const marks: number[] = [];
  for (let mark = hours.first; mark < hours.last; mark += 60) marks.push(mark);
  return (
    <div class="plan-frame" role="region" aria-label={t(words.day)} tabIndex={0}>
      <table class="plan-day">
        <thead>
          <tr>
            <th scope="col">{t(words.technician)}</th>
            <td>
              <div class="plan-hours" aria-hidden="true">
                {marks.map((mark) => (
                  <span key={mark} style={{ left: share(mark - hours.first, hours) }}>
                    {clock(mark)}
                  </span>
                ))}
              </div>
            </td>
          </tr>
        </thead>
        <tbody>
          {technicians.map((technician) => (
            <Row key={technician.id} field={field} technician={technician} day={day} hours={hours} handles={handles} onOrder={onOrder} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProperties {
  field: Field;
  technician: Technician;
  day: string;
  hours: Hours;
  handles: Handles;
  onOrder: (technician: Technician) => void;
}

function Row({ field, technician, day, hours, handles, onOrder }: RowProperties) {
  const its = dayOfBoard(field.board, technician.id, day);
  const movable = its.stops.filter(({ order }) => isMovable(order)).length;
  return (
    <tr>
      <th scope="row">
        {technician.name}
        {technician.is_disabled && <span class="quiet small"> {t(words.disabled)}</span>}
        {movable > 1 && (
          <button
            type="button"
            class="button desk-quiet-button plan-order"
            aria-label={t(words.orderDayOf, { name: technician.name })}
            onClick={() => onOrder(technician)}
          >
            {t(words.orderDay)}
          </button>
        )}
      </th>
      <td>
        <Lane technician={technician} day={its} on={day} hours={hours} field={field} handles={handles} />
        <Remarks day={its} zone={field.zone} />
        {its.stops.length > 0 && <Load day={its} field={field} />}
      </td>
    </tr>
  );
}

/** Which of the lane's lines each stop lies on, so that none hides another. */
export function linesOf(stops: readonly Pick<Stop, "start" | "end">[]): number[] {
  const ends: number[] = [];
  return stops.map(({ start, end }) => {
    const free = ends.findIndex((last) => last <= start);
    const line = free < 0 ? ends.length : free;
    ends[line] = end;
    return line;
  });
}

interface LaneProperties {
  technician: Technician;
  day: Day;
  on: string;
  hours: Hours;
  field: Field;
  handles: Handles;
}

function Lane({ technician, day, on, hours, field, handles }: LaneProperties) {
  const lines = linesOf(day.stops);
  const target = handles.carried?.target;
  const place = (start: number, end: number, line: number) => ({
    "--left": share(start - hours.first, hours), "--width": share(Math.min(end, hours.last) - start, hours), "--line": line,
  });
  return (
    <div
      class="plan-lane"
      style={{ "--lines": Math.max(1, ...lines.map((line) => line + 1)), "--hours": (hours.last - hours.first) / 60 }}
      data-technician={technician.id}
      data-day={on}
      data-first={hours.first}
      data-last={hours.last}
    >
      {day.stops.map((stop, i) => (
        <Card
          key={stop.order.id}
          order={stop.order}
          site={stop.site}
          from={technician.id}
          zone={field.zone}
          handles={handles}
          stop={stop}
          isBrief
          style={place(stop.start, stop.end, lines[i] ?? 0)}
        />
      ))}
      {target?.technician === technician.id && (
        <p class="plan-ghost" style={place(target.minute, target.minute + (handles.carried?.order.planned_minutes ?? field.planning.visit_minutes), 0)}>
          {clock(target.minute)}
        </p>
      )}
    </div>
  );
}

/** What does not work out, and the ways, in words below the lane. */
function Remarks({ day, zone }: { day: Day; zone: string }) {
  const lines = day.stops.flatMap(({ order, travel, remarks }) => [
    ...(travel ? [{ key: `${order.id}-way`, text: `→ ${order.number}: ${travelText(travel)}`, isTrouble: false }] : []),
    ...remarks.map((remark) => ({
      key: `${order.id}-${remark.kind}`, text: `${order.number}: ${remarkText(remark, order, zone)}`, isTrouble: true,
    })),
  ]);
  if (lines.length === 0) return null;
  return (
    <ul class="plan-remarks">
      {lines.map(({ key, text, isTrouble }) => (
        <li key={key} class={isTrouble ? "plan-remark" : "plan-travel"}>
          {text}
        </li>
      ))}
    </ul>
  );
}
