/** What happens beside the screens while the app is open: the day is kept fresh, the phone is kept tidy. */
import { handOverLeftBehind } from "./at_site/left_behind";
import { warmScanner } from "./at_site/warm_scanner";
import { room, isNearlyFull, measureRoom, missingBytes } from "./device/storage";
import { watchChanges } from "./local/database";
import { fetchDay } from "./local/day";
import { tidyUp } from "./local/housekeeping";
import { removeOriginals } from "./local/originals";
import { readSession } from "./local/session";
import { askForVerdicts } from "./outbox/late_verdicts";
import { countUnsent } from "./outbox/store";

const FETCH_MS = 5 * 60_000;
const TIDY_MS = 30 * 60_000;
/** Measuring after each photo of a burst would be waste. */
const MEASURE_MS = 5_000;
/** The scanner comes over the network when the day has. */
const WARM_MS = 10_000;

async function fetchQuietly(): Promise<void> {
  const session = await readSession();
  if (!session?.tokens || document.visibilityState === "hidden") return;
  // Without a network the day stays as it is; the screen shows its age.
  await fetchDay(session.user.id)
    .then(() => askForVerdicts(session.user.id))
    .catch(() => {});
}

async function tidyQuietly(): Promise<void> {
  const session = await readSession();
  if (!session) return;
  await handOverLeftBehind(session.user.id);
  await tidyUp(session.user.id, { isUrgent: isNearlyFull(await measureRoom()) });
  const missing = missingBytes(await measureRoom());
  if (missing > 0 && (await removeOriginals(session.user.id, missing)) > 0) await measureRoom();
}

/** What was sent changes the day over there: it is asked for anew when the outbox has come to rest. */
function fetchAfterSending(): void {
  let before = 0;
  const look = async () => {
    const session = await readSession();
    const unsent = session ? await countUnsent(session.user.id) : 0;
    const hasSent = unsent < before;
    before = unsent;
    if (hasSent && unsent === 0) await fetchQuietly();
  };
  watchChanges(["outbox"], () => void look().catch(console.error));
}

/** Starts all of it; it runs until the page is gone. */
export function startCaretaker(): void {
  const fetchNow = () => void fetchQuietly().catch(console.error);
  const tidyNow = () => void tidyQuietly().catch(console.error);
  setInterval(fetchNow, FETCH_MS);
  setInterval(tidyNow, TIDY_MS);
  addEventListener("online", fetchNow);
  document.addEventListener("visibilitychange", fetchNow);
  tidyNow();
  setTimeout(() => void warmScanner(), WARM_MS);

  fetchAfterSending();

  let timer: ReturnType<typeof setTimeout> | null = null;
  watchChanges(["photos"], () => {
    timer ??= setTimeout(() => {
      timer = null;
      void measureRoom().then((measured) => {
        // Making room is worth a try before the technician is told.
        if (isNearlyFull(measured) && room.value) tidyNow();
      });
    }, MEASURE_MS);
  });
}
