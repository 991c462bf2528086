import type { Schema } from "../../shared/api/types";
import { fixOf } from "../at_site/fix_keeper";
import { sampleOf } from "../at_site/fix_seeker";

/** The technician stands where the last check-in was made: a position of the last minute will do. */
const OPTIONS: PositionOptions = { enableHighAccuracy: true, maximumAge: 60_000, timeout: 6_000 };

/** Where the phone is, if it knows that within seconds; null when it does not, or may not say. */
export function quickFix(source: Pick<Geolocation, "getCurrentPosition"> | undefined): Promise<Schema<"Fix"> | null> {
  return new Promise((resolve) => {
    if (!source) return resolve(null);
    source.getCurrentPosition(
      (report) => resolve(fixOf(sampleOf(report, Date.now()))),
      () => resolve(null),
      OPTIONS,
    );
  });
}
