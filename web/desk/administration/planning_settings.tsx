import type { JSX } from "preact";
import type { Schema } from "../../shared/api/types";
import { t, type Word } from "../../shared/i18n/i18n";
import { Field } from "../../shared/ui/field";
import { planningWords as words } from "../words/planning";
import { clockOf, type Draft, type PlanningName, type Policy } from "./policy_change";

const FIELDS: readonly (readonly [PlanningName, Word, Word])[] = [
  ["day_start_minutes", words.dayStart, words.dayStartHint],
  ["capacity_minutes", words.capacity, words.capacityHint],
  ["visit_minutes", words.visit, words.visitHint],
  ["detour_factor", words.detour, words.detourHint],
  ["travel_speed_kmh", words.speed, words.speedHint],
];

interface Properties {
  policy: Policy;
  draft: Draft;
  errors: Schema<"Problem">["errors"];
  onChange: (draft: Draft) => void;
}

/** By what the days of technicians are planned. Evidence is judged by none of it. */
export function PlanningSettings({ policy, draft, errors, onChange }: Properties) {
  const attributesOf = (name: PlanningName): JSX.InputHTMLAttributes<HTMLInputElement> =>
    name === "day_start_minutes" ? { type: "time" } : { inputMode: "decimal", maxLength: 8, autoComplete: "off" };
  const shown = (name: PlanningName) => (name === "day_start_minutes" ? clockOf(policy.planning[name]) : String(policy.planning[name]));
  return (
    <div class="administration-limits">
      {FIELDS.map(([name, label, hint]) => (
        <Field
          key={name}
          label={t(label)}
          hint={t(hint)}
          value={draft.planning?.[name] ?? shown(name)}
          onValue={(typed) => onChange({ ...draft, planning: { ...draft.planning, [name]: typed } })}
          error={errors.find(({ pointer }) => pointer === `/planning/${name}`)?.detail ?? null}
          attributes={attributesOf(name)}
        />
      ))}
    </div>
  );
}
