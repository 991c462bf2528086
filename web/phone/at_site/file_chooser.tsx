import { useRef } from "preact/hooks";
import { backFromPicture, leaveForPicture } from "./use_site";

/** The phone's own camera, at its full resolution. `image/jpeg` makes iPhones convert their HEIC. */
export function FileChooser({ label, onFile }: { label: string; onFile: (file: File) => Promise<void> }) {
  const input = useRef<HTMLInputElement>(null);
  const take = (): void => {
    const element = input.current;
    const file = element?.files?.[0];
    backFromPicture();
    if (!element || !file) return;
    void onFile(file);
    element.value = "";
  };
  return (
    <label class="button button-dark file-chooser">
      {label}
      <input
        ref={input}
        class="unseen"
        type="file"
        accept="image/jpeg"
        capture="environment"
        onClick={leaveForPicture}
        onCancel={backFromPicture}
        onChange={take}
      />
    </label>
  );
}
