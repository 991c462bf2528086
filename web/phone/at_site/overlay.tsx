import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface Properties {
  label: string;
  /** Escape, or the phone's back gesture. */
  onClose: () => void;
  children: ComponentChildren;
  /** Black and to the edges, for what a camera sees. */
  isFull?: boolean;
}

/** A modal dialog: the browser's own, so that focus stays inside and what is behind is not read out. */
export function Overlay({ label, onClose, children, isFull }: Properties) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const cancel = (event: Event): void => {
    event.preventDefault();
    onClose();
  };
  return (
    <dialog ref={dialog} class={isFull ? "overlay overlay-full" : "overlay"} aria-label={label} onCancel={cancel}>
      {children}
    </dialog>
  );
}
