import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { audit as words } from "../words/audit";
import { toneOf, verdictOf } from "./verdicts";

interface Properties {
  title: string;
  verdict: Schema<"Verdict"> | null;
  findings: readonly Schema<"Finding">[];
}

const RANK: Record<Schema<"Severity">, number> = { fail: 0, warn: 1, info: 2 };

/** What was found, the gravest first, each in a sentence with its numbers. */
export function Findings({ title, verdict, findings }: Properties) {
  const sorted = [...findings].sort((a, b) => Number(a.explained) - Number(b.explained) || RANK[a.severity] - RANK[b.severity]);
  const shown = verdict && verdictOf(verdict);
  return (
    <section class="desk-findings">
      <h3>
        {title} {shown && <span class={`tag tag-${shown.tone}`}>{t(shown.word)}</span>}
      </h3>
      {sorted.length === 0 && <p class="quiet">{t(words.nothingFound)}</p>}
      <ul class="list">
        {sorted.map((finding) => (
          <li key={finding.code} class={`banner banner-${finding.explained ? "info" : toneOf(finding.severity)}`}>
            {finding.sentence}
            {finding.explained && <span class="small"> ({t(words.explained)})</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
