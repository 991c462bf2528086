import { useState } from "preact/hooks";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { restoreVisit } from "../local/restore_visit";
import { problemText } from "../problem_text";
import { correction as words } from "../words/correction";

type Correction = Schema<"Correction">;

/** "parts, signature" */
export const blockNames = (blocks: Correction["blocks"]): string => blocks.map((block) => t(words[block])).join(t(words.comma));

/** What the office wants corrected, and why: stands above the sheet until the correction is signed. */
export function CorrectionAsked({ correction }: { correction: Correction }) {
  const { requested_by, blocks, reason } = correction;
  return (
    <Banner tone="warn">
      <p>
        <strong>{t(words.asked, { name: requested_by.name })}</strong>
      </p>
      <p>{t(words.wrong, { blocks: blockNames(blocks) })}</p>
      <p>{reason}</p>
    </Banner>
  );
}

interface FetchProperties {
  userId: string;
  correction: Correction;
}

/** The visit is not on this phone any more: the office has it. */
export function FetchVisit({ userId, correction }: FetchProperties) {
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const fetchIt = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      await restoreVisit(userId, correction.visit_id, correction.sheet_version);
    } catch (error) {
      setTrouble(problemText(error));
      setBusy(false);
    }
  };
  return (
    <div class="stack">
      <p>{t(words.notHere)}</p>
      <button type="button" class="button button-primary button-big" disabled={isBusy} onClick={() => void fetchIt()}>
        {t(isBusy ? words.fetching : words.fetch)}
      </button>
      {trouble && <Banner tone="fail">{trouble}</Banner>}
    </div>
  );
}
