import "./sampling.css";
import type { PageProperties } from "../shell/page_properties";
import { AssessPage } from "./assess_page";
import { DrawPage } from "./draw_page";
import { PlanPage } from "./plan_page";
import { PlansPage } from "./plans_page";

/** Lots and what came of them: #/sampling, …/plan/ID, …/draw/ID, …/draw/ID/VISIT. */
export default function SamplingPage({ person, route }: PageProperties) {
  const [kind, id, visit] = route.parts;
  const { role } = person.user;
  if (kind === "plan" && id) return <PlanPage key={id} id={id} role={role} />;
  if (kind === "draw" && id && visit) return <AssessPage key={visit} drawId={id} visitId={visit} role={role} />;
  if (kind === "draw" && id) return <DrawPage key={id} id={id} role={role} />;
  return <PlansPage role={role} />;
}
