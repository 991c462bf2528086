import { dayOf, t } from "../../shared/i18n/i18n";
import { hrefTo } from "../shell/route";
import { plan as words } from "../words/plan";
import { type Day, dayOfBoard, type Stop, type Technician } from "./board";
import { Card } from "./card";
import type { Field } from "./carry";
import { durationText, loadText, travelText } from "./texts";
import type { Handles } from "./use_carry";
import { clock } from "./zone_time";

interface Properties {
  field: Field;
  technicians: readonly Technician[];
  handles: Handles;
}

const noon = (day: string): string => `${day}T12:00:00Z`;

/** Technicians as rows, days as columns; on a phone the days stand below each other. */
export function WeekGrid({ field, technicians, handles }: Properties) {
  return (
    <div class="plan-frame" role="region" aria-label={t(words.week)} tabIndex={0}>
      <table class="plan-week">
        <thead>
          <tr>
            <th scope="col">{t(words.technician)}</th>
            {field.days.map((day) => (
              <th key={day} scope="col" class={day === field.today ? "plan-today" : undefined}>
                <a href={hrefTo("plan", ["day"], { day })}>{dayOf(noon(day), "UTC")}</a>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {technicians.map((technician) => (
            <tr key={technician.id}>
              <th scope="row">
                {technician.name}
                {technician.is_disabled && <span class="quiet small"> {t(words.disabled)}</span>}
              </th>
              {field.days.map((day) => (
                <Cell key={day} field={field} technician={technician} day={day} handles={handles} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ field, technician, day, handles }: { field: Field; technician: Technician; day: string; handles: Handles }) {
  const its = dayOfBoard(field.board, technician.id, day);
  const target = handles.carried?.target;
  const isTarget = target?.technician === technician.id && target.day === day;
  return (
    <td
      data-technician={technician.id}
      data-day={day}
      data-name={dayOf(noon(day), "UTC")}
      class={isTarget ? "plan-target" : undefined}
    >
      <Stops day={its} technician={technician.id} zone={field.zone} handles={handles} />
      {/* What the mouse carries must not move the rows under it. */}
      {isTarget && target.technician !== null && handles.carried?.pointer === null && (
        <p class="plan-ghost">
          {clock(target.minute)} {handles.carried?.order.number}
        </p>
      )}
      {its.stops.length > 0 && <Load day={its} field={field} />}
    </td>
  );
}

function Stops({ day, technician, zone, handles }: { day: Day; technician: string; zone: string; handles: Handles }) {
  return (
    <ul class="plan-stops">
      {day.stops.map((stop: Stop) => (
        <li key={stop.order.id}>
          {stop.travel && <p class="plan-travel">{travelText(stop.travel)}</p>}
          <Card order={stop.order} site={stop.site} from={technician} zone={zone} handles={handles} stop={stop} />
        </li>
      ))}
    </ul>
  );
}

/** How much of the day is used, and what is too much. */
export function Load({ day, field }: { day: Day; field: Field }) {
  return (
    <p class="plan-load">
      {loadText(day, field.planning)}
      {day.overMinutes > 0 && <strong class="plan-remark"> {t(words.over, { minutes: durationText(day.overMinutes) })}</strong>}
    </p>
  );
}
