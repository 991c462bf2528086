/** What a manager sees of a technician's work, through the API. */
import { expect } from "vitest";
import type { Schema } from "../../../shared/api/types";
import type { Api } from "./organisation";

/** The only visit at a site. */
export async function visitAt(api: Api, siteId: string): Promise<Schema<"Visit">> {
  const { items } = await api.get<Schema<"VisitPage">>(`/v1/visits?site_id=${siteId}`);
  expect(items).toHaveLength(1);
  return api.get<Schema<"Visit">>(`/v1/visits/${items[0]?.id}`);
}
