import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { hrefTo } from "../shell/route";
import { useAnswer } from "../ui/use_answer";
import { useNews } from "../visits/news";
import { board as words } from "../words/board";
import { lengthText } from "./age";
import { useWithoutStream } from "./use_without_stream";

type Correction = Schema<"Correction">;

export interface Corrections {
  readonly items: readonly Correction[];
  /** There are more than these. */
  readonly areMore: boolean;
}

const MOST = 100;

/** Corrections of signed sheets that technicians have been asked for, the newest first; null: not known yet. */
export function useOpenCorrections(): Corrections | null {
  const { body, reload } = useAnswer<"listCorrections">("/v1/corrections", { open: "true", limit: MOST });
  useNews(["correction"], () => true, reload);
  useWithoutStream(reload);
  return body && { items: body.items, areMore: body.next_cursor !== null };
}

export const countText = ({ items, areMore }: Corrections): string => (areMore ? `${items.length}+` : String(items.length));

export function OpenCorrections({ corrections, nowMs }: { corrections: Corrections; nowMs: number }) {
  return (
    <section class="board-retakes" id="corrections" aria-label={t(words.corrections)}>
      <h2>
        {t(words.corrections)} ({countText(corrections)})
      </h2>
      {corrections.items.length === 0 && <p class="quiet">{t(words.correctionsNone)}</p>}
      <ul class="board-work">
        {corrections.items.map(({ id, visit_id, technician, site, reason, requested_at }) => (
          <li key={id} class="board-card" data-correction={id}>
            <p class="board-card-head">
              <strong>{technician.name}</strong>
              <span class="quiet">{t(words.requested, { age: lengthText(nowMs - Date.parse(requested_at)) })}</span>
            </p>
            <p>{reason}</p>
            <p>
              <a href={hrefTo("visits", [visit_id, "sheet"])}>{site.name}</a>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
