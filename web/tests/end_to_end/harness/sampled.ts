/** Visits of the past week, the lots that were drawn among them, and what was found in one. */
import { randomUUID } from "node:crypto";
import type { Schema } from "../../../shared/api/types";
import type { CustomerLink } from "./customer_link";
import { type Api, PLACE } from "./organisation";
import { pictureFile } from "./picture_file";

export interface Sampled {
  plan: string;
  draw: string;
  /** One that was drawn and assessed, and one that was drawn and waits. */
  assessed: string;
  waiting: string;
}

/** Noon of a day of the week before this one, in Shanghai. */
function pastDay(day: number): Date {
  const today = new Date(Date.now() + 8 * 3_600_000);
  const monday = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() - ((today.getUTCDay() + 6) % 7) - 7);
  return new Date(monday + day * 86_400_000 + 4 * 3_600_000);
}

/** Six visits of the link's technician, at the link's site, with a photo each. */
export async function visitsOfPastWeek({ technician, visit }: CustomerLink): Promise<void> {
  const { site } = await technician.get<Schema<"Visit">>(`/v1/visits/${visit}`);
  for (let day = 0; day < 6; day++) {
    const at = pastDay(day).toISOString();
    const photo = { id: randomUUID(), role: "before", captured_at: at };
    await technician.call("POST", "/v1/check-ins", {
      id: randomUUID(), visit_id: randomUUID(), site_id: site.id, kind: "arrival", captured_at: at, sent_at: new Date().toISOString(), photos: [photo],
      fix: { ...PLACE, latitude: PLACE.latitude + day / 1e5, datum: "wgs84", accuracy_m: 8, mocked: false, fix_at: at },
    });
    await technician.putPhoto(photo.id, pictureFile("--width", "640", "--height", "480", "--seed", String(9100 + day)).buffer);
  }
}

/** A plan of four visits a week; one of those drawn is assessed. */
export async function sample(link: CustomerLink, manager: Api, name: string, criteria: readonly string[]): Promise<Sampled> {
  await visitsOfPastWeek(link);
  const kept = criteria.map((criterion) => ({ id: randomUUID(), name: criterion }));
  await manager.call("PATCH", "/v1/organisation/policy", { assessment_criteria: kept });
  const starts_on = pastDay(0).toISOString().slice(0, 10);
  const plan = await manager.create("/v1/sampling-plans", { name, visits: 4, per: "team", period: "week", weighting: "risk", starts_on });
  const draw = randomUUID();
  await manager.call("POST", `/v1/sampling-plans/${plan}/draws`, { id: draw, period_starts_on: starts_on });
  const { items } = await manager.get<Schema<"SampledVisitPage">>(`/v1/sampling-draws/${draw}/visits`);
  const [assessed, waiting] = items.map(({ visit }) => visit.id) as [string, string];
  const scores = kept.map(({ id }, i) => ({ criterion_id: id, score: 5 - i }));
  await manager.call("POST", `/v1/sampling-draws/${draw}/visits/${assessed}/assessments`, { id: randomUUID(), scores, comment: null });
  return { plan, draw, assessed, waiting };
}
