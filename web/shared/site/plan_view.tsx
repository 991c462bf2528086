import { distance, t } from "../i18n/i18n";
import { plan as words } from "./words/plan";
import type { Fence } from "./fence";
import type { Position } from "./geodesic";
import { planOf } from "./plan";

interface Properties {
  fence: Fence;
  position: Position | null;
  accuracy_m: number | null;
  /** Other places, shown as diamonds. */
  marks?: readonly Position[];
  /** What the plan shows, for those who do not see it. */
  label: string;
}

/** The site from above, north up: fence, position and its accuracy, and a scale. */
export function PlanView({ fence, position, accuracy_m, marks, label }: Properties) {
  const plan = planOf(fence, position, accuracy_m, marks);
  const { side, circle, here, scaleBar, fencePointer } = plan;
  const bar = { x: 16, y: side - 18 };
  return (
    <svg class="plan" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={t(words.planLabel, { words: label })}>
      {circle && <circle class="plan-fence" cx={circle.centre.x} cy={circle.centre.y} r={circle.radius} />}
      {plan.outline && <path class="plan-fence" fill-rule="evenodd" d={plan.outline} />}
      {fencePointer && <circle class="plan-mark" cx={fencePointer.x} cy={fencePointer.y} r={9} />}
      {here && plan.accuracy > 0 && <circle class="plan-accuracy" cx={here.x} cy={here.y} r={plan.accuracy} />}
      {here && <circle class="plan-here" cx={here.x} cy={here.y} r={7} />}
      {plan.marks.map(({ x, y }) => (
        <path key={`${x} ${y}`} class="plan-diamond" d={`M${x} ${y - 12}l12 12-12 12-12-12z`} />
      ))}
      <g class="plan-text" aria-hidden="true">
        <path d={`M${side - 22} 14l7 18-7-5-7 5z`} />
        <text x={side - 22} y={50} text-anchor="middle">
          {t(words.north)}
        </text>
        <path class="plan-bar" d={`M${bar.x} ${bar.y - 5}v5h${scaleBar.length.toFixed(1)}v-5`} />
        <text x={bar.x} y={bar.y - 10}>
          {distance(scaleBar.metres)}
        </text>
      </g>
    </svg>
  );
}
