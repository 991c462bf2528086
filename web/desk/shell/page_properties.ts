import type { Person } from "../session";
import type { Route } from "./route";

/** What every section's page gets. */
export interface PageProperties {
  person: Person;
  route: Route;
}

export type Role = Person["user"]["role"];
