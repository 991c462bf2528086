import { type RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Camera, type CameraAbilities, CameraFailure, type CameraProblem } from "./camera";
import { useVisibility } from "./use_site";

export interface CameraState {
  readonly camera: Camera | null;
  readonly abilities: CameraAbilities | null;
  readonly problem: CameraProblem | null;
}

const CLOSED: CameraState = { camera: null, abilities: null, problem: null };

/**
 * Keeps a camera open while the component is shown and the app is seen, and shows it in a video.
 * `tryAgain` opens it anew after a problem.
 */
export function useCamera(
  purpose: "photo" | "scan",
  isWanted = true,
): CameraState & { video: RefObject<HTMLVideoElement>; tryAgain: () => void } {
  const video = useRef<HTMLVideoElement>(null);
  const [state, set] = useState<CameraState>(CLOSED);
  const [attempt, setAttempt] = useState(0);
  const [isVisible, setVisible] = useState(true);
  useVisibility(setVisible);
  useEffect(() => {
    if (!isWanted || !isVisible) return undefined;
    let isOver = false;
    let opened: Camera | null = null;
    const fail = (problem: CameraProblem): void => {
      if (!isOver) set({ ...CLOSED, problem });
    };
    void Camera.open(purpose).then(
      (camera) => {
        opened = camera;
        if (isOver) {
          camera.close();
          return;
        }
        camera.whenTakenAway(() => fail("busy"));
        set({ camera, abilities: camera.abilities, problem: null });
      },
      (error: unknown) => fail(error instanceof CameraFailure ? error.problem : "failed"),
    );
    return () => {
      isOver = true;
      opened?.close();
      set(CLOSED);
    };
  }, [purpose, isWanted, isVisible, attempt]);
  useEffect(() => {
    const element = video.current;
    if (!element || !state.camera) return;
    element.srcObject = state.camera.stream;
    /* A play() that the next srcObject interrupts is no trouble. */
    element.play().catch(() => undefined);
  }, [state.camera]);
  return { ...state, video, tryAgain: () => setAttempt(attempt + 1) };
}
