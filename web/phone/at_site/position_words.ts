/** A search and its foresight in words. */
import { distance, t, type Word } from "../../shared/i18n/i18n";
import { position as words, positionProblems } from "../words/at_site";
import { isApple } from "../device/facts";
import type { FixProblem } from "./fix_seeker";
import { effectOf, type FixFinding, type FixPolicy, type Foresight } from "./foresight";

const RANK = { accepted: 0, needs_review: 1, rejected: 2 } as const;

/** "±8 m" without the sign: metres below ten with one digit would claim more than phones know. */
const metres = (value: number | undefined): string => distance(Math.ceil(Math.abs(value ?? 0)));

function minutes(ms: number | undefined): string {
  return t(words.minutes, { count: Math.max(1, Math.round((ms ?? 0) / 60_000)) });
}

function wordOf({ code, numbers }: FixFinding): Word {
  if (code !== "geofence_uncertain") return words[code];
  return (numbers.distance_m ?? 0) <= 0 ? words.geofence_uncertain_inside : words.geofence_uncertain_outside;
}

function sentenceOf(found: FixFinding): string {
  const { distance_m, accuracy_m, limit_m, assumed_accuracy_m, age_ms, ahead_ms } = found.numbers;
  return t(wordOf(found), {
    /* Rounded towards the fence: a distance inside is never overstated. */
    distance: distance(Math.floor(Math.abs(distance_m ?? 0))),
    accuracy: metres(accuracy_m),
    limit: metres(limit_m),
    assumed: metres(assumed_accuracy_m),
    age: minutes(age_ms ?? ahead_ms),
  });
}

/** What will be made of the fix, and why: the reasons that weigh most come first. */
export function foresightWords({ verdict, findings }: Foresight, policy: FixPolicy): { head: string; reasons: string[] } {
  const shown = findings.filter(({ explained }) => !explained);
  const sorted = [...shown].sort((a, b) => RANK[effectOf(b, policy)] - RANK[effectOf(a, policy)]);
  return { head: t(words[verdict]), reasons: sorted.map(sentenceOf) };
}

/** Why there is no position, and what the technician can do. */
export function positionProblemText(problem: FixProblem): string {
  if (problem === "denied") return t(isApple() ? positionProblems.deniedIphone : positionProblems.deniedAndroid);
  return t(positionProblems[problem]);
}
