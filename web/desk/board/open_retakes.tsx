import { t } from "../../shared/i18n/i18n";
import { hrefTo } from "../shell/route";
import { board as words } from "../words/board";
import { lengthText } from "./age";
import type { Retake } from "./board_state";

/** Photos that are to be taken again, the newest first. */
export function OpenRetakes({ retakes, nowMs }: { retakes: readonly Retake[]; nowMs: number }) {
  return (
    <section class="board-retakes" id="retakes" aria-label={t(words.retakes)}>
      <h2>
        {t(words.retakes)} ({retakes.length})
      </h2>
      {retakes.length === 0 && <p class="quiet">{t(words.retakesNone)}</p>}
      <ul class="board-work">
        {retakes.map((retake) => (
          <li key={retake.id} class="board-card" data-retake={retake.id}>
            <p class="board-card-head">
              <strong>{retake.technician.name}</strong>
              <span class="quiet">{t(words.requested, { age: lengthText(nowMs - Date.parse(retake.requested_at)) })}</span>
            </p>
            <p>{retake.reason}</p>
            <p class="row">
              <a href={hrefTo("visits", [retake.visit_id])}>{retake.site.name}</a>
              <a href={hrefTo("visits", [retake.visit_id, "photos"], { photo: retake.photo_id })}>{t(words.retakePhoto)}</a>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
