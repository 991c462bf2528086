import { t } from "../../shared/i18n/i18n";
import { plan as words } from "../words/plan";
import type { Board } from "./board";
import { Card } from "./card";
import type { Handles } from "./use_carry";

/** What waits to be planned. Whatever is put down here is taken back from its technician. */
export function WaitingList({ board, zone, handles }: { board: Board; zone: string; handles: Handles }) {
  const isTarget = handles.carried?.target?.technician === null;
  return (
    <section class={isTarget ? "plan-waiting plan-target" : "plan-waiting"} data-technician="" aria-labelledby="plan-waiting-title">
      <h2 id="plan-waiting-title">{t(words.waiting, { count: board.waiting.length })}</h2>
      <p class="quiet small">{board.waiting.length === 0 ? t(words.waitingNone) : t(words.waitingHint)}</p>
      <ul class="plan-stops">
        {board.waiting.map((order) => (
          <li key={order.id}>
            <Card order={order} site={board.sites.get(order.site_id)} from={null} zone={zone} handles={handles} />
          </li>
        ))}
      </ul>
    </section>
  );
}
