import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { scanner as words } from "../words/camera";
import type { Sighting } from "./barcode_reader";
import { CameraControls, CameraTrouble } from "./camera_controls";
import { Scanner } from "./scanner";
import { useCamera } from "./use_camera";

export interface LiveScanner {
  readonly live: ReturnType<typeof useCamera>;
  /** What to tell whoever waits; empty while the camera's own trouble is told. */
  readonly hint: string;
  /** The reader could not be loaded. */
  readonly hasFailed: boolean;
  /** Goes on after a sighting. */
  lookAgain(): void;
  /** The code nearest to the middle of a picture; null when there is none. */
  readPicture(file: File): Promise<Sighting | null>;
}

/** The live camera with the barcode reader behind it. `onSighting` is called once, until `lookAgain`. */
export function useScanner(onSighting: (sighting: Sighting) => void): LiveScanner {
  const [isReady, setReady] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const live = useCamera("scan", !hasFailed);
  const newest = useRef(onSighting);
  newest.current = onSighting;
  const scanner: RefObject<Scanner> = useRef(null);
  useEffect(() => {
    const made = new Scanner({
      onReady: () => setReady(true),
      onSighting: (sighting) => newest.current(sighting),
      onFailure: () => setFailed(true),
    });
    scanner.current = made;
    return () => made.stop();
  }, []);
  useEffect(() => scanner.current?.watch(live.camera ? live.video.current : null), [live.camera]);
  return {
    live,
    hint: hintOf(hasFailed, live.camera !== null, isReady),
    hasFailed,
    lookAgain: () => scanner.current?.lookAgain(),
    readPicture: async (file) => (await scanner.current?.readPicture(file).catch(() => []))?.[0] ?? null,
  };
}

function hintOf(hasFailed: boolean, hasCamera: boolean, isReady: boolean): string {
  if (hasFailed) return t(words.loadFailed);
  if (!isReady) return t(words.loading);
  return hasCamera ? t(words.aim) : "";
}

/** What the camera sees, and what to aim with. */
export function ScannerPicture({ scanner, isAiming }: { scanner: LiveScanner; isAiming: boolean }) {
  const { live, hasFailed } = scanner;
  return (
    <div class="camera-picture">
      <video ref={live.video} playsInline muted autoplay aria-hidden="true" hidden={!live.camera} />
      {live.problem && <CameraTrouble problem={live.problem} wayOn={t(words.wayOn)} onAgain={live.tryAgain} />}
      {live.camera && live.abilities && <CameraControls camera={live.camera} abilities={live.abilities} />}
      {live.camera && isAiming && !hasFailed && <div class="scan-frame" aria-hidden="true" />}
    </div>
  );
}
