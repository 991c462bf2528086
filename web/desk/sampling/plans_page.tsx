import { useState } from "preact/hooks";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { goTo, hrefTo } from "../shell/route";
import type { Role } from "../shell/page_properties";
import { DataTable } from "../ui/data_table";
import { ListEnd } from "../ui/list_end";
import { Page } from "../ui/page";
import { usePages } from "../ui/use_pages";
import { sampling as words } from "../words/sampling";
import { CriteriaDialog } from "./criteria_dialog";
import { PlanDialog } from "./plan_dialog";
import { dayText, ruleText, scoreText } from "./rule";

type Plan = Schema<"SamplingPlan">;

/** All plans, the newest first. */
export function PlansPage({ role }: { role: Role }) {
  const plans = usePages<"listSamplingPlans">("/v1/sampling-plans");
  const [dialog, setDialog] = useState<"plan" | "criteria" | null>(null);
  const mayPlan = role === "manager" || role === "administrator";
  const actions = mayPlan && (
    <>
      <button type="button" class="button" onClick={() => setDialog("criteria")}>
        {t(words.criteria)}
      </button>
      <button type="button" class="button button-primary" onClick={() => setDialog("plan")}>
        {t(words.newPlan)}
      </button>
    </>
  );
  return (
    <Page title={t(words.title)} actions={actions}>
      <p class="quiet">{t(words.explain)}</p>
      {(plans.rows.length > 0 || !plans.isLoading) && (
        <DataTable
          caption={t(words.plans)}
          rows={plans.rows}
          keyOf={({ id }) => id}
          hrefOf={({ id }) => hrefTo("sampling", ["plan", id])}
          empty={t(words.noPlans)}
          columns={[
            { name: t(words.name), cell: ({ name }) => name },
            { name: t(words.rule), cell: ruleText },
            { name: t(words.due), cell: (plan) => <Due plan={plan} /> },
            { name: t(words.lastDraw), cell: ({ last_draw }) => (last_draw ? <LastDraw draw={last_draw} /> : "–") },
            { name: t(words.score), isNumber: true, cell: ({ last_draw }) => scoreText(last_draw?.progress.score ?? null) },
          ]}
        />
      )}
      <ListEnd {...plans} />
      {dialog === "plan" && <PlanDialog onClose={() => setDialog(null)} onDone={(id) => goTo("sampling", ["plan", id])} />}
      {dialog === "criteria" && <CriteriaDialog onClose={() => setDialog(null)} />}
    </Page>
  );
}

/** Whether there is something to draw. */
export function Due({ plan }: { plan: Plan }) {
  const period = plan.next_period;
  if (!period) return <span class="tag tag-info">{t(words.ended)}</span>;
  if (period.is_over) return <span class="tag tag-warn">{t(words.dueNow)}</span>;
  return <>{t(words.runsUntil, { day: dayText(period.ends_on) })}</>;
}

function LastDraw({ draw }: { draw: Schema<"SamplingDrawSummary"> }) {
  return <a href={hrefTo("sampling", ["draw", draw.id])}>{t(words.progress, { ...draw.progress, score: 0 })}</a>;
}
