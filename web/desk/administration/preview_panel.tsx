import { useEffect, useRef } from "preact/hooks";
import type { SuccessOf } from "../../shared/api/types";
import { languageTag, t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { hrefTo } from "../shell/route";
import { type Column, DataTable } from "../ui/data_table";
import { findingTitles, otherFindingTitles } from "../words/findings";
import { policy as words } from "../words/policy";
import { moment } from "./moments";

type Preview = SuccessOf<"previewPolicy">;
type Subject = Preview["subjects"][number];
type Finding = Preview["findings"][number];
type Example = Preview["examples"][number];

const titles: Record<string, { en: string; zh: string }> = { ...otherFindingTitles, ...findingTitles };
const titleOf = (code: string) => (titles[code] ? t(titles[code]) : code);
const ONE = { visit: words.aVisit, check_in: words.aCheckIn, photo: words.aPhoto, scan: words.aScan };

/** What the changed policy would have done to the last month. */
export function PreviewPanel({ preview, timeZone }: { preview: Preview; timeZone: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [preview]); // it stands below a long form
  const findings = preview.findings.filter(({ before, after }) => before !== after);
  return (
    <section class="stack" aria-label={t(words.previewTitle)}>
      <h2 ref={heading} tabIndex={-1}>
        {t(words.previewTitle)}
      </h2>
      <Extent preview={preview} />
      <DataTable caption={t(words.previewTitle)} columns={subjectColumns()} rows={preview.subjects} keyOf={({ kind }) => kind} />
      <h3>{t(words.findingsChanged)}</h3>
      <DataTable caption={t(words.findingsChanged)} columns={findingColumns()} rows={findings} keyOf={({ code }) => code} empty={t(words.noFindings)} />
      <h3>{t(words.examples)}</h3>
      {preview.examples.length === 0 && <p>{t(words.noExamples)}</p>}
      <ul class="list">
        {preview.examples.map((example) => (
          <ExampleOf key={example.id} example={example} timeZone={timeZone} />
        ))}
      </ul>
    </section>
  );
}

/** How much was judged, and what it says nothing about. */
function Extent({ preview }: { preview: Preview }) {
  const { visits_judged: judged, visits_in_period: count, photos_without_looks: withoutLooks } = preview;
  const otherwise = preview.subjects.reduce((sum, subject) => sum + subject.judged_otherwise_then, 0);
  const percent = new Intl.NumberFormat(languageTag(), { maximumFractionDigits: 1 }).format((100 * judged) / Math.max(1, count));
  return (
    <>
      {judged === count ? <p>{t(words.allJudged, { count })}</p> : <Banner tone="warn">{t(words.sampled, { judged, count, percent })}</Banner>}
      {withoutLooks > 0 && <p class="quiet">{t(words.withoutLooks, { count: withoutLooks })}</p>}
      {otherwise > 0 && <p class="quiet">{t(words.judgedOtherwise, { count: otherwise })}</p>}
    </>
  );
}

function subjectColumns(): Column<Subject>[] {
  const verdict = (name: keyof Subject["before"]): Column<Subject> => ({
    name: t(words[name]),
    isNumber: true,
    cell: ({ before, after }) => (before[name] === after[name] ? before[name] : `${before[name]} → ${after[name]}`),
  });
  return [
    { name: t(words.kind), cell: ({ kind }) => t(words[kind]) },
    { name: t(words.judged), isNumber: true, cell: ({ judged }) => judged },
    { name: t(words.changed), isNumber: true, cell: ({ changed }) => changed },
    verdict("accepted"),
    verdict("needs_review"),
    verdict("rejected"),
  ];
}

function findingColumns(): Column<Finding>[] {
  return [
    { name: t(words.finding), cell: ({ code }) => titleOf(code) },
    { name: t(words.before), isNumber: true, cell: ({ before }) => before },
    { name: t(words.after), isNumber: true, cell: ({ after }) => after },
  ];
}

function ExampleOf({ example, timeZone }: { example: Example; timeZone: string }) {
  const { kind, before, after, visit, reasons } = example;
  return (
    <li class="card">
      <p>
        <strong>{t(words.example, { kind: t(ONE[kind]), before: t(words[before]), after: t(words[after]) })}</strong>
      </p>
      <p>
        <a href={hrefTo("visits", [visit.id])}>
          {visit.site} · {visit.technician} · {moment(visit.first_seen_at, timeZone)}
        </a>
      </p>
      <ul class="administration-changes">
        {reasons.map(({ code, change, sentence }) => (
          <li key={code}>
            {t(words[change])} {titleOf(code)}. {sentence}
          </li>
        ))}
      </ul>
    </li>
  );
}
