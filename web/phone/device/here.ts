/** Roughly where the phone is, for the distances of the day. Evidence never uses this position. */
import { Observable } from "../../shared/ui/observable";
import type { Position } from "../../shared/site/geodesic";

export const here = new Observable<Position | null>(null);

/** Follows the position when the person allowed it before; never asks by itself. */
export async function followIfAllowed(): Promise<() => void> {
  const permission = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
  return permission?.state === "granted" ? follow() : () => {};
}

/** Follows the position; the browser may ask the person. Ends with the function that is returned. */
export function follow(): () => void {
  if (!navigator.geolocation) return () => {};
  const id = navigator.geolocation.watchPosition(
    ({ coords }) => here.set({ latitude: coords.latitude, longitude: coords.longitude }),
    () => here.set(null),
    { enableHighAccuracy: false, maximumAge: 60_000 },
  );
  return () => navigator.geolocation.clearWatch(id);
}
