import { render } from "preact";
import { setLanguage, currentLanguage, t } from "../shared/i18n/i18n";
import "../shared/ui/base.css";
import { api } from "./api";
import { App } from "./app";
import { noteServerTime } from "./device/clock";
import { measureRoom, noticePrivateWindow } from "./device/storage";
import { startUpdates } from "./device/updates";
import { whenNewerVersionWaits } from "./local/database";
import { readSettings } from "./local/settings";
import { notices } from "./words/notices";
import "./phone.css";

const root = document.getElementById("app") as HTMLElement;

/** Without storage no work is accepted: it would be lost. */
function StorageDenied({ detail }: { detail: string }) {
  return (
    <main class="page page-narrow">
      <h1>{t(notices.storageDeniedTitle)}</h1>
      <p role="alert">{t(notices.storageDenied)}</p>
      <p class="quiet small">{detail}</p>
    </main>
  );
}

/** Another window runs a newer version, whose database this one cannot write to. All that was saved is there. */
function OldVersion() {
  return (
    <main class="page page-narrow">
      <h1>{t(notices.oldVersion)}</h1>
      <button class="button button-primary" onClick={() => location.reload()}>
        {t(notices.reload)}
      </button>
    </main>
  );
}

async function start(): Promise<void> {
  setLanguage(currentLanguage());
  api.onServerTime = noteServerTime;
  whenNewerVersionWaits(() => render(<OldVersion />, root));
  try {
    // Reads and, at the very first start, writes: some browsers let one do only the former.
    await readSettings();
  } catch (error) {
    render(<StorageDenied detail={String(error)} />, root);
    return;
  }
  render(<App />, root);
  void measureRoom();
  void noticePrivateWindow();
  startUpdates().catch((error: unknown) => console.warn("the app is not kept for offline use:", error));
  // Last, because sending is not what the technician waits for.
  const { startSender } = await import("./outbox/sender");
  startSender();
  const { startCaretaker } = await import("./caretaker");
  startCaretaker();
}

void start();
