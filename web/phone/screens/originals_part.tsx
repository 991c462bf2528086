import { useState } from "preact/hooks";
import { byteSize, dayOf, listed, t, timeOfDay } from "../../shared/i18n/i18n";
import { Dialog } from "../../shared/ui/dialog";
import { roles } from "../../shared/words/roles";
import { measureRoom } from "../device/storage";
import { type KeptOriginal, listOriginals, readOriginal, removeOriginals } from "../local/originals";
import { useStored } from "../local/use_stored";
import { useSession } from "../session_context";
import { common } from "../words/common";
import { settings as words } from "../words/settings";

/** More are not drawn at once; who saves and removes comes to the others. */
const SHOWN_MAX = 100;

const titleOf = ({ photo, site, timeZone }: KeptOriginal): string =>
  listed([t(roles[photo.role]), site, `${dayOf(photo.captured_at, timeZone)} ${timeOfDay(photo.captured_at, timeZone)}`]);

/** Hands it to the browser's own downloads, byte for byte. */
async function save({ photo }: KeptOriginal): Promise<void> {
  const blob = await readOriginal(photo.id);
  if (!blob) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${photo.role}-${photo.captured_at.slice(0, 19).replaceAll(":", "")}.jpg`;
  link.click();
  // The download has begun by then, or never will.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The originals that are kept because smaller copies were sent; nothing where there are none. */
export function Originals() {
  const { user } = useSession();
  const kept = useStored(["photos", "visits"], () => listOriginals(user.id), [user.id]) ?? [];
  const [isAsking, setAsking] = useState(false);
  if (kept.length === 0) return null;
  const remove = async (): Promise<void> => {
    await removeOriginals(user.id);
    setAsking(false);
    await measureRoom();
  };
  const size = byteSize(kept.reduce((sum, { bytes }) => sum + bytes, 0));
  return (
    <fieldset>
      <details class="stack">
        <summary>{t(words.originals, { count: kept.length, size })}</summary>
        <p class="quiet small">{t(words.originalsHint)}</p>
        <ul class="list">
          {kept.slice(0, SHOWN_MAX).map((original) => (
            <li class="row row-spread" key={original.photo.id}>
              <span>
                {titleOf(original)} <span class="quiet small">{byteSize(original.bytes)}</span>
              </span>
              <button class="button" aria-label={t(words.saveOriginalOf, { photo: titleOf(original) })} onClick={() => void save(original)}>
                {t(words.saveOriginal)}
              </button>
            </li>
          ))}
        </ul>
        <button class="button" onClick={() => setAsking(true)}>
          {t(words.removeOriginals)}
        </button>
        {isAsking && (
          <Dialog title={t(words.removeOriginals)} onClose={() => setAsking(false)}>
            <p>{t(words.removeOriginalsQuestion, { count: kept.length })}</p>
            <div class="dialog-actions">
              <button class="button button-primary" onClick={() => setAsking(false)}>
                {t(common.cancel)}
              </button>
              <button class="button button-danger" onClick={() => void remove()}>
                {t(words.removeOriginalsYes)}
              </button>
            </div>
          </Dialog>
        )}
      </details>
    </fieldset>
  );
}
