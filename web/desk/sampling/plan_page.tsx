import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { dayOf, t } from "../../shared/i18n/i18n";
import { Field } from "../../shared/ui/field";
import { api } from "../session";
import { goTo, hrefTo } from "../shell/route";
import type { Role } from "../shell/page_properties";
import { DataTable } from "../ui/data_table";
import { FormDialog } from "../ui/form_dialog";
import { ListEnd } from "../ui/list_end";
import { Page } from "../ui/page";
import { useAnswer } from "../ui/use_answer";
import { usePages } from "../ui/use_pages";
import { sampling as words } from "../words/sampling";
import { CopyButton } from "./copy_button";
import { Due } from "./plans_page";
import { dayText, ruleText, scoreText } from "./rule";

type Plan = Schema<"SamplingPlan">;

/** A plan: its rule, its commitment, what is to be drawn, what was drawn. */
export function PlanPage({ id, role }: { id: string; role: Role }) {
  const plan = useAnswer<"getSamplingPlan">(path`/v1/sampling-plans/${id}`);
  const draws = usePages<"listSamplingDraws">(path`/v1/sampling-plans/${id}/draws`);
  const [dialog, setDialog] = useState<"draw" | "end" | null>(null);
  if (!plan.body) {
    return (
      <Page title={t(words.title)}>
        <ListEnd more={null} {...plan} />
      </Page>
    );
  }
  const { name, next_period: next, ended_at } = plan.body;
  const period = next && { from: dayText(next.starts_on), to: dayText(next.ends_on) };
  const mayEnd = (role === "manager" || role === "administrator") && ended_at === null;
  const actions = mayEnd && (
    <button type="button" class="button desk-quiet-button" onClick={() => setDialog("end")}>
      {t(words.end)}
    </button>
  );
  return (
    <Page title={name} status={<Due plan={plan.body} />} actions={actions}>
      <p>
        {ruleText(plan.body)} · <a href={hrefTo("sampling")}>{t(words.plans)}</a>
      </p>
      <Commitment plan={plan.body} />
      {period && !next.is_over && <p class="quiet">{t(words.notOver, period)}</p>}
      {period && next.is_over && role === "manager" && (
        <p>
          <button type="button" class="button button-primary" onClick={() => setDialog("draw")}>
            {t(words.draw, period)}
          </button>
        </p>
      )}
      <h2>{t(words.draws)}</h2>
      {(draws.rows.length > 0 || !draws.isLoading) && <Draws rows={draws.rows} />}
      <ListEnd {...draws} />
      {dialog === "draw" && <DrawDialog plan={plan.body} onClose={() => setDialog(null)} />}
      {dialog === "end" && <EndDialog plan={plan.body} onClose={() => setDialog(null)} onDone={plan.reload} />}
    </Page>
  );
}

function Draws({ rows }: { rows: readonly Schema<"SamplingDrawSummary">[] }) {
  return (
    <DataTable
      caption={t(words.draws)}
      rows={rows}
      keyOf={(draw) => draw.id}
      hrefOf={(draw) => hrefTo("sampling", ["draw", draw.id])}
      empty={t(words.noDraws)}
      columns={[
        { name: t(words.periodColumn), cell: (draw) => `${dayText(draw.starts_on)} – ${dayText(draw.ends_on)}` },
        { name: t(words.candidates), isNumber: true, cell: (draw) => draw.candidates },
        { name: t(words.drawn), isNumber: true, cell: (draw) => draw.progress.drawn },
        { name: t(words.assessed), isNumber: true, cell: (draw) => draw.progress.assessed },
        { name: t(words.score), isNumber: true, cell: (draw) => scoreText(draw.progress.score) },
      ]}
    />
  );
}

function Commitment({ plan }: { plan: Plan }) {
  return (
    <section class="card sampling-commitment">
      <h2>{t(words.commitment)}</h2>
      <p>
        <code>{plan.commitment}</code> <CopyButton text={plan.commitment} />
      </p>
      <p class="quiet small">{t(words.commitmentExplain, { day: dayOf(plan.created_at, plan.time_zone) })}</p>
      {plan.public_source && (
        <p class="small">
          {t(words.publicSaid)}: {plan.public_source}
        </p>
      )}
    </section>
  );
}

function DrawDialog({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const [id] = useState(() => crypto.randomUUID());
  const [value, setValue] = useState("");
  const period = plan.next_period;
  if (!period) return null;
  const submit = async () => {
    const json: Schema<"SamplingDrawCreate"> = { id, period_starts_on: period.starts_on };
    if (plan.public_source) json.public_value = value.trim();
    await api.call<"drawSample">({ method: "POST", path: path`/v1/sampling-plans/${plan.id}/draws`, json });
    goTo("sampling", ["draw", id]);
  };
  const title = t(words.draw, { from: dayText(period.starts_on), to: dayText(period.ends_on) });
  return (
    <FormDialog title={title} action={t(words.drawNow)} submit={submit} onClose={onClose}>
      {(errorOf) => (
        <>
          <p>{t(words.drawExplain)}</p>
          {plan.public_source && (
            <Field
              label={t(words.publicValue, { source: plan.public_source })}
              value={value}
              onValue={setValue}
              error={errorOf("/public_value")}
              attributes={{ maxLength: 200 }}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}

function EndDialog({ plan, onClose, onDone }: { plan: Plan; onClose: () => void; onDone: () => void }) {
  const submit = async () => {
    await api.call<"endSamplingPlan">({ method: "DELETE", path: path`/v1/sampling-plans/${plan.id}` });
    onDone();
  };
  return (
    <FormDialog title={t(words.end)} action={t(words.end)} isDanger submit={submit} onClose={onClose}>
      {() => <p>{t(words.endExplain)}</p>}
    </FormDialog>
  );
}
