import { useState } from "preact/hooks";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Field } from "../../shared/ui/field";
import { api } from "../session";
import { Choice } from "../ui/choice";
import { FormDialog } from "../ui/form_dialog";
import { sampling as words } from "../words/sampling";
import { startDay } from "./rule";

type Plan = Schema<"SamplingPlanCreate">;

/** Asks for the rules of a new plan. */
export function PlanDialog({ onClose, onDone }: { onClose: () => void; onDone: (id: string) => void }) {
  const [id] = useState(() => crypto.randomUUID());
  const [name, setName] = useState("");
  const [visits, setVisits] = useState("5");
  const [per, setPer] = useState<Plan["per"]>("team");
  const [period, setPeriod] = useState<Plan["period"]>("week");
  const [weighting, setWeighting] = useState<Plan["weighting"]>("risk");
  const [start, setStart] = useState<"next" | "this" | "last">("next");
  const [source, setSource] = useState("");
  const submit = async () => {
    const json: Plan = {
      id, name: name.trim(), visits: Number(visits), per, period, weighting,
      starts_on: startDay(period, start), public_source: source.trim() || null,
    };
    await api.call<"createSamplingPlan">({ method: "POST", path: "/v1/sampling-plans", json });
    onDone(id);
  };
  return (
    <FormDialog title={t(words.newPlan)} action={t(words.begin)} submit={submit} onClose={onClose}>
      {(errorOf) => (
        <>
          <Field label={t(words.name)} value={name} onValue={setName} error={errorOf("/name")} attributes={{ maxLength: 200 }} />
          <div class="sampling-rule">
            <Field
              label={t(words.visits)}
              value={visits}
              onValue={setVisits}
              error={errorOf("/visits")}
              attributes={{ type: "number", min: 1, max: 100, inputMode: "numeric" }}
            />
            <Choice
              label={t(words.per)}
              value={per}
              onValue={(value) => setPer(value as Plan["per"])}
              options={[
                { value: "team", label: t(words.perTeam) },
                { value: "technician", label: t(words.perTechnician) },
                { value: "organisation", label: t(words.perOrganisation) },
              ]}
            />
            <Choice
              label={t(words.period)}
              value={period}
              onValue={(value) => setPeriod(value as Plan["period"])}
              options={[{ value: "week", label: t(words.week) }, { value: "month", label: t(words.month) }]}
            />
            <Choice
              label={t(words.weighting)}
              value={weighting}
              onValue={(value) => setWeighting(value as Plan["weighting"])}
              options={[{ value: "risk", label: t(words.weightRisk) }, { value: "even", label: t(words.weightEven) }]}
            />
            <Choice
              label={t(words.from)}
              value={start}
              error={errorOf("/starts_on")}
              onValue={(value) => setStart(value as typeof start)}
              options={[
                { value: "next", label: t(words.fromNext) },
                { value: "this", label: t(words.fromThis) },
                { value: "last", label: t(words.fromLast) },
              ]}
            />
          </div>
          <Field
            label={t(words.publicSource)}
            hint={t(words.publicSourceHint)}
            value={source}
            onValue={setSource}
            error={errorOf("/public_source")}
            attributes={{ maxLength: 200 }}
          />
          <p class="quiet small">{t(words.rulesAreFinal)}</p>
        </>
      )}
    </FormDialog>
  );
}
