import { useEffect, useRef } from "preact/hooks";

const APP = "Fieldproof";

/** True while nobody has gone anywhere on the new screen: what was touched to come here, or nothing, has the focus. */
const isUntouched = (from: Element | null): boolean =>
  document.activeElement === document.body || document.activeElement === from;

/**
 * The window is named after the screen's heading, and a screen reader goes on there when the screen is another one.
 * Headings come late: a screen reads what it shows out of the phone's database first.
 *
 * @param screen which one is shown; null while its code is on its way
 */
export function useArrival(screen: string | null): void {
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (screen === null) return undefined;
    const isFirst = before.current === null;
    const from = document.activeElement;
    let hasArrived = isFirst || before.current === screen;
    before.current = screen;
    if (!hasArrived) scrollTo(0, 0);
    const follow = (): void => {
      const heading = document.querySelector<HTMLElement>("main h1");
      const title = heading?.textContent ? `${heading.textContent} – ${APP}` : APP;
      // Writing the same would be a change, too.
      if (document.title !== title) document.title = title;
      if (hasArrived || !heading) return;
      hasArrived = true;
      if (!isUntouched(from)) return;
      heading.setAttribute("tabindex", "-1");
      heading.focus({ preventScroll: true });
    };
    const watch = new MutationObserver(follow);
    watch.observe(document.getElementById("app") ?? document.body, { childList: true, subtree: true, characterData: true });
    follow();
    return () => watch.disconnect();
  }, [screen]);
}
