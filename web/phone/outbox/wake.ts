/** Wakes the sender, in whatever tab it runs. It is a note on the door: nobody home is no harm. */
type Wake = () => void;

let wakeHere: Wake | null = null;
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("fieldproof-wake");
if (channel) {
  channel.onmessage = () => wakeHere?.();
  (channel as unknown as { unref?: () => void }).unref?.();
}

/** `wake` is called after each new item, in this tab and in others. */
export function onWake(wake: Wake): void {
  wakeHere = wake;
}

export function wakeSender(): void {
  wakeHere?.();
  channel?.postMessage(null);
}
