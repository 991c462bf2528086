/** From the filters back to the photo, where a letter is a decision: only when somebody is done with a filter. */
import { useRef } from "preact/hooks";
import { isTaken } from "../ui/name_filter";

/** Boxes whose choice by the mouse is a whole one; a box to write in may be clicked on to write. */
const isChoice = (target: EventTarget | null): boolean =>
  target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && target.type === "date");

/**
 * What the filters listen to, and what is to be called when one of them has a new value: `leave` follows if the mouse
 * chose it, an offered name was taken or Enter ended it. Whoever walks through them with the keys stays until Escape.
 */
export function useWayBack(leave: () => void) {
  const last = useRef<{ readonly target: EventTarget | null; readonly isDone: boolean } | null>(null);
  const note = (target: EventTarget | null, isDone: boolean) => {
    last.current = { target, isDone };
  };
  const press = (event: KeyboardEvent) => {
    const { key, target } = event;
    note(target, key === "Enter");
    if (key !== "Escape" && !(key === "Enter" && target instanceof HTMLInputElement && target.type === "date")) return;
    event.preventDefault(); // Escape would empty the box
    leave();
  };
  return {
    listeners: {
      onPointerDown: (event: PointerEvent) => note(event.target, isChoice(event.target)),
      onKeyDown: press,
      onInputCapture: (event: Event) => {
        if (isTaken(event)) note(event.target, true);
      },
    },
    chosen: () => {
      if (last.current?.isDone && last.current.target === document.activeElement) leave();
    },
  };
}
