import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import { byteSize, t } from "../../shared/i18n/i18n";
import type { Schema } from "../../shared/api/types";
import { Banner } from "../../shared/ui/banner";
import { failureText } from "../failure_text";
import { api } from "../session";
import { visits as words } from "../words/visits";

/**
 * Saves the visit as a ZIP by the browser's own download, which writes to the disk what comes, however large. It sends
 * no access token; a ticket that is good once takes its place.
 */
async function downloadPack(visitId: string): Promise<void> {
  const { body } = await api.call<"createPackTicket">({
    method: "POST",
    path: path`/v1/visits/${visitId}/pack-tickets`,
    json: { id: crypto.randomUUID() },
  });
  const link = document.createElement("a");
  link.href = body.url;
  link.download = "";
  link.click();
}

const bytesOf = (visit: Schema<"Visit">): number =>
  visit.check_ins.flatMap(({ photos }) => photos).reduce((sum, { receipt }) => sum + (receipt?.bytes ?? 0), 0);

export function PackButton({ visit, isWide }: { visit: Schema<"Visit">; isWide?: boolean }) {
  const [isBusy, setBusy] = useState(false);
  const [hasBegun, setBegun] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const begin = async () => {
    setBusy(true);
    setFailure(null);
    setBegun(false);
    await downloadPack(visit.id)
      .then(() => setBegun(true))
      .catch((error: unknown) => setFailure(failureText(error)));
    setBusy(false);
  };
  return (
    <>
      <button type="button" class={`button ${isWide ? "button-wide" : "desk-quiet-button"}`} disabled={isBusy} onClick={() => void begin()}>
        {t(words.download)}
      </button>
      {hasBegun && <p class="small quiet" role="status">{t(words.downloadBegun, { size: byteSize(bytesOf(visit)) })}</p>}
      {failure && <Banner tone="fail">{failure}</Banner>}
    </>
  );
}
