import { useRef } from "preact/hooks";
import { backFromPicture, leaveForPicture } from "./use_site";

/** `image/jpeg` makes iPhones convert their HEIC. */
const ACCEPTED = { photo: "image/jpeg", video: "video/mp4,video/quicktime,video/*" } as const;

interface Properties {
  label: string;
  media?: keyof typeof ACCEPTED;
  onFile: (file: File) => Promise<void>;
}

/** The phone's own camera, at its full resolution. */
export function FileChooser({ label, media = "photo", onFile }: Properties) {
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
        accept={ACCEPTED[media]}
        capture="environment"
        onClick={leaveForPicture}
        onCancel={backFromPicture}
        onChange={take}
      />
    </label>
  );
}
