import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

/**
 * A question in front of everything: the browser's own modal dialog, so that focus and Escape are right.
 * It is open as long as it is drawn.
 */
export function Dialog(properties: { title: string; onClose: () => void; children: ComponentChildren }) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = element.current;
    if (dialog && !dialog.open) dialog.showModal();
  }, []);
  return (
    <dialog ref={element} aria-labelledby={id} onClose={properties.onClose}>
      <h2 id={id}>{properties.title}</h2>
      {properties.children}
    </dialog>
  );
}
