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
    /* Not the first field in it: that would bring up the keyboard over the camera. */
    element?.focus();
    return () => element?.close();
  }, []);
  const cancel = (event: Event): void => {
    event.preventDefault();
    onClose();
  };
  return (
    <dialog ref={dialog} tabIndex={-1} class={isFull ? "overlay overlay-full" : "overlay"} aria-label={label} onCancel={cancel}>
      {children}
    </dialog>
  );
}
