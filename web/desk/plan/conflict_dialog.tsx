import { listed, t } from "../../shared/i18n/i18n";
import { Dialog } from "../../shared/ui/dialog";
import { plan as words } from "../words/plan";
import { workStates } from "../words/work_states";
import { isMovable, type Order, type Technician } from "./board";
import type { Difference } from "./moves";
import { dayAndTime, durationText } from "./texts";
import type { Conflict } from "./use_plan";

interface Properties {
  conflict: Conflict;
  technicians: readonly Technician[];
  zone: string;
  onResolve: (isAnyway: boolean) => void;
}

/** Who changed what meanwhile, and what one had wanted. */
export function ConflictDialog({ conflict, technicians, zone, onResolve }: Properties) {
  const { order, change, differences } = conflict;
  const say = (field: Difference["field"], value: unknown) => valueText(field, value, technicians, zone);
  const wanted = Object.entries(change).map(([field, value]) =>
    t(words.setTo, { field: t(words[`field_${field as Difference["field"]}`]), to: say(field as Difference["field"], value) }),
  );
  return (
    <Dialog title={t(words.conflict)} onClose={() => onResolve(false)}>
      <div class="stack">
        <p>{t(words.conflictIntro, { number: order.number })}</p>
        <ul>
          {differences.map(({ field, from, to, actor, at }) => (
            <li key={field}>
              {t(words.changedBy, {
                actor: actor ?? t(words.somebody),
                time: at === null ? "" : dayAndTime(at, zone),
                what: t(words.fromTo, { field: t(words[`field_${field}`]), from: say(field, from), to: say(field, to) }),
              })}
            </li>
          ))}
        </ul>
        <p>{t(words.yours, { what: wanted.join("; ") })}</p>
        <div class="row">
          <button type="button" class="button button-primary" onClick={() => onResolve(false)}>{t(words.keepTheirs)}</button>
          {isMovable(order) && <button type="button" class="button" onClick={() => onResolve(true)}>{t(words.doMine)}</button>}
        </div>
      </div>
    </Dialog>
  );
}



function valueText(field: Difference["field"], value: unknown, technicians: readonly Technician[], zone: string): string {
  if (value === null || value === undefined) return t(words.none);
  if (Array.isArray(value)) {
    const names = value.map((id) => technicians.find((technician) => technician.id === id)?.name ?? String(id));
    return listed(names) || t(words.nobody);
  }
  if (typeof value === "number") return durationText(value);
  if (field === "state") return t(workStates[value as Order["state"]]);
  return field === "site_id" ? String(value) : dayAndTime(String(value), zone);
}
