/** The drain's parts as they are in a browser: database, network, clock. */
import { ApiClient } from "../../shared/api/client";
import { TOKEN_LOCK } from "../api";
import { tokensOfUser } from "../local/session";
import { readSettings } from "../local/settings";
import { isMetered } from "./conditions";
import type { DrainParts } from "./drain";
import { currentNews, publishNews } from "./news";
import { sendFacts } from "./send_facts";
import { sendPhoto } from "./send_photo";
import { listOutbox, sendingUser, settle } from "./store";

const brokenOff = new Set<string>();

async function mayPhotosGo(): Promise<boolean> {
  const arePhotosPaused = isMetered() && (await readSettings()).pause_photos_when_metered;
  if (arePhotosPaused !== currentNews().arePhotosPaused) publishNews({ arePhotosPaused });
  return !arePhotosPaused;
}

/** A client is bound to its user: another one's token never carries this work. */
export function realParts(signal: AbortSignal, nextWake: () => Promise<void>): DrainParts {
  const clients = new Map<string, ApiClient>();
  const clientOf = (userId: string) => {
    const client = clients.get(userId) ?? new ApiClient(tokensOfUser(userId), TOKEN_LOCK);
    clients.set(userId, client);
    return client;
  };
  return {
    user: sendingUser,
    load: listOutbox,
    settle,
    sendFacts: (userId, items) => sendFacts(clientOf(userId), items),
    sendPhoto: (userId, item, onProgress) => sendPhoto(clientOf(userId), item, { onProgress, signal }),
    mayPhotosGo,
    onProgress: (shares) => publishNews({ sharesById: Object.fromEntries(shares) }),
    nextWake,
    now: Date.now,
    brokenOff,
    signal,
  };
}
