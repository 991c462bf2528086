import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { dayOf, t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { verdictOf } from "../audit/verdicts";
import { failureText } from "../failure_text";
import { saveFile } from "../save_file";
import { hrefTo } from "../shell/route";
import type { Role } from "../shell/page_properties";
import { DataTable } from "../ui/data_table";
import { ListEnd } from "../ui/list_end";
import { Page } from "../ui/page";
import { useAnswer } from "../ui/use_answer";
import { usePages } from "../ui/use_pages";
import { sampling as words } from "../words/sampling";
import { CopyButton } from "./copy_button";
import { dayText, scoreText } from "./rule";

type Draw = Schema<"SamplingDraw">;

/** A draw: what was drawn, how far it is assessed, how it came out, and why these. */
export function DrawPage({ id, role }: { id: string; role: Role }) {
  const draw = useAnswer<"getSamplingDraw">(path`/v1/sampling-draws/${id}`);
  const visits = usePages<"listSampledVisits">(path`/v1/sampling-draws/${id}/visits`);
  if (!draw.body) {
    return (
      <Page title={t(words.title)}>
        <ListEnd more={null} {...draw} />
      </Page>
    );
  }
  const { plan, progress, starts_on, ends_on } = draw.body;
  const title = t(words.drawTitle, { name: plan.name, from: dayText(starts_on), to: dayText(ends_on) });
  const waiting = visits.rows.find(({ assessment }) => assessment === null);
  const actions = role === "manager" && waiting && (
    <a class="button button-primary" href={hrefTo("sampling", ["draw", id, waiting.visit.id])}>
      {t(words.assess)}
    </a>
  );
  return (
    <Page title={title} status={t(words.progress, { drawn: progress.drawn, assessed: progress.assessed })} actions={actions}>
      <p>
        <a href={hrefTo("sampling", ["plan", plan.id])}>{plan.name}</a>
      </p>
      {progress.drawn > 0 && <progress class="sampling-progress" value={progress.assessed} max={progress.drawn} aria-label={t(words.assessed)} />}
      <h2>{t(words.drawnVisits)}</h2>
      {(visits.rows.length > 0 || !visits.isLoading) && <Visits rows={visits.rows} drawId={id} />}
      <ListEnd {...visits} />
      <Results draw={draw.body} />
      <Proof draw={draw.body} />
    </Page>
  );
}

function Visits({ rows, drawId }: { rows: readonly Schema<"SampledVisit">[]; drawId: string }) {
  return (
    <DataTable
      caption={t(words.drawnVisits)}
      rows={rows}
      keyOf={({ visit }) => visit.id}
      hrefOf={({ visit }) => hrefTo("sampling", ["draw", drawId, visit.id])}
      empty={t(words.nobodyDrawn)}
      columns={[
        { name: t(words.visit), cell: ({ visit }) => `${visit.site.name} · ${visit.site.customer_name}` },
        { name: t(words.day), cell: ({ visit }) => dayOf(visit.first_seen_at, visit.site.time_zone) },
        { name: t(words.technician), cell: ({ visit, team }) => (team ? `${visit.technician.name} (${team})` : visit.technician.name) },
        { name: t(words.verdict), cell: ({ visit }) => <Verdict verdict={visit.verdict} /> },
        {
          name: t(words.score),
          isNumber: true,
          cell: ({ assessment }) => (assessment ? scoreText(meanOf(assessment)) : <span class="quiet">{t(words.waiting)}</span>),
        },
      ]}
    />
  );
}

function Verdict({ verdict }: { verdict: Schema<"Verdict"> }) {
  const { tone, word } = verdictOf(verdict);
  return <span class={`tag tag-${tone}`}>{t(word)}</span>;
}

/** The mean of what was scored. */
export function meanOf({ scores }: Schema<"SamplingAssessment">): number | null {
  const numbers = scores.flatMap(({ score }) => (score === null ? [] : [score]));
  return numbers.length === 0 ? null : numbers.reduce((sum, score) => sum + score, 0) / numbers.length;
}

function Results({ draw }: { draw: Draw }) {
  if (draw.progress.assessed === 0) return null;
  const columns = [
    { name: t(words.drawn), isNumber: true, cell: (row: Schema<"SamplingResult">) => row.drawn },
    { name: t(words.assessed), isNumber: true, cell: (row: Schema<"SamplingResult">) => row.assessed },
    { name: t(words.score), isNumber: true, cell: (row: Schema<"SamplingResult">) => scoreText(row.score) },
  ];
  return (
    <section>
      <h2>{t(words.results)}</h2>
      <div class="sampling-results">
        <div>
          <h3>{t(words.byTechnician)}</h3>
          <DataTable
            caption={t(words.byTechnician)}
            rows={draw.technicians}
            keyOf={({ technician, team }) => `${technician?.id} ${team}`}
            columns={[{ name: t(words.technician), cell: ({ technician }) => technician?.name }, ...columns]}
          />
        </div>
        <div>
          <h3>{t(words.byTeam)}</h3>
          <DataTable
            caption={t(words.byTeam)}
            rows={draw.teams}
            keyOf={({ team }) => team ?? ""}
            columns={[{ name: t(words.team), cell: ({ team }) => team ?? t(words.noTeam) }, ...columns]}
          />
        </div>
        <div>
          <h3>{t(words.byCriterion)}</h3>
          <DataTable
            caption={t(words.byCriterion)}
            rows={draw.criteria}
            keyOf={({ criterion_id }) => criterion_id}
            columns={[
              { name: t(words.criterion), cell: ({ name }) => name },
              { name: t(words.scored), isNumber: true, cell: ({ scored }) => scored },
              { name: t(words.score), isNumber: true, cell: ({ score }) => scoreText(score) },
            ]}
          />
        </div>
      </div>
    </section>
  );
}

/** What makes the draw one that anybody can repeat. */
function Proof({ draw }: { draw: Draw }) {
  const [failure, setFailure] = useState<string | null>(null);
  const download = () => {
    setFailure(null);
    saveFile(path`/v1/sampling-draws/${draw.id}/published`, `draw-${draw.starts_on}.json`).catch((error: unknown) => setFailure(failureText(error)));
  };
  const values = [
    [words.commitment, draw.commitment], [words.secret, draw.secret], [words.list, draw.candidates_sha256], [words.seed, draw.seed],
  ] as const;
  return (
    <section>
      <h2>{t(words.proof)}</h2>
      {!draw.is_committed_before && <Banner tone="warn">{t(words.committedAfter)}</Banner>}
      {draw.came_later > 0 && <Banner tone="info">{t(words.cameLater, { count: draw.came_later })}</Banner>}
      <p class="quiet">{t(words.publishedExplain, { candidates: draw.candidates })}</p>
      <p>
        <button type="button" class="button" onClick={download}>
          {t(words.published)}
        </button>
      </p>
      {failure && <Banner tone="fail">{failure}</Banner>}
      <dl class="sampling-proof">
        {values.map(([word, value]) => (
          <div key={value}>
            <dt>{t(word)}</dt>
            <dd>
              <code>{value}</code> <CopyButton text={value} />
            </dd>
          </div>
        ))}
        {draw.public_value !== null && (
          <div>
            <dt>
              {t(words.publicSaid)}: {draw.plan.public_source}
            </dt>
            <dd>{draw.public_value}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
