import { t } from "../../shared/i18n/i18n";
import { roles } from "../../shared/words/roles";
import { atSite as words } from "../words/at_site";
import type { Retake } from "./subject";

interface Properties {
  retakes: readonly Retake[];
  /** A photo of this visit answers it; the server may not know yet. */
  isAnswered: (retake: Retake) => boolean;
  /** Opens the camera; null: the technician is not on site. */
  onTake: ((retake: Retake) => void) | null;
}

/** Photos that a manager wants again at this site, and why. */
export function RetakeList({ retakes, isAnswered, onTake }: Properties) {
  if (retakes.length === 0) return null;
  return (
    <section aria-labelledby="retakes-title">
      <h2 id="retakes-title">{t(words.retakes)}</h2>
      <ul class="list">
        {retakes.map((retake) => (
          <li class="banner banner-warn" key={retake.id}>
            <p>
              <strong>{t(roles[retake.photo_role])}</strong>
            </p>
            <p>{t(words.retakeReason, { name: retake.requested_by.name, reason: retake.reason })}</p>
            {isAnswered(retake) ? (
              <p class="tag tag-good">{t(words.retakeAnswered)}</p>
            ) : onTake ? (
              <button class="button" type="button" onClick={() => onTake(retake)}>
                {t(words.retakeTake)}
              </button>
            ) : (
              <p class="small">{t(words.retakeFirst)}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
