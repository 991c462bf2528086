import { database, write } from "./database";
import type { NavigationApp, Settings } from "./types";
import { newId } from "../../shared/new_id";

function defaultNavigationApp(): NavigationApp {
  return /iPhone|iPad|Macintosh/.test(navigator.userAgent) ? "apple" : "geo";
}

/** The choices of this phone; made with defaults at the first call. */
export async function readSettings(): Promise<Settings> {
  const known = await (await database()).get("settings", "settings");
  return known ?? changeSettings({});
}

/** Changes what is named; the rest stays. */
export function changeSettings(change: Partial<Omit<Settings, "device_id">>): Promise<Settings> {
  return write(["settings"], async (transaction) => {
    const store = transaction.objectStore("settings");
    const before: Settings = (await store.get("settings")) ?? {
      device_id: newId(),
      language: null,
      navigation_app: defaultNavigationApp(),
      pause_photos_when_metered: false,
      downscale_photos_to_px: null,
      last_organisation: "",
    };
    const after = { ...before, ...change };
    await store.put(after, "settings");
    return after;
  });
}
