import type { ComponentChildren } from "preact";

export type Tone = "info" | "good" | "warn" | "fail";

/** A message across the page. Trouble is read out at once by a screen reader, the rest when it is idle. */
export function Banner({ tone, children }: { tone: Tone; children: ComponentChildren }) {
  return (
    <div class={`banner banner-${tone}`} role={tone === "fail" ? "alert" : "status"}>
      {children}
    </div>
  );
}
