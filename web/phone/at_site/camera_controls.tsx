import { useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { isApple } from "../device/facts";
import { camera as words, cameraProblems } from "../words/camera";
import { common } from "../words/common";
import type { Camera, CameraAbilities, CameraProblem } from "./camera";

/** Light and zoom, where this camera has them. */
export function CameraControls({ camera, abilities }: { camera: Camera; abilities: CameraAbilities }) {
  const [isLit, setLit] = useState(false);
  const [zoom, setZoom] = useState(abilities.zoom?.min ?? 1);
  const toggle = async (): Promise<void> => {
    if (await camera.setTorch(!isLit)) setLit(!isLit);
  };
  const change = (value: number): void => {
    setZoom(value);
    void camera.setZoom(value);
  };
  if (!abilities.hasTorch && !abilities.zoom) return null;
  return (
    <div class="camera-controls">
      {abilities.hasTorch && (
        <button class="button button-dark" type="button" aria-pressed={isLit} onClick={toggle}>
          {t(words.torch)}
        </button>
      )}
      {abilities.zoom && (
        <label class="camera-zoom">
          <span>{t(words.zoom)}</span>
          <input
            type="range"
            min={abilities.zoom.min}
            max={abilities.zoom.max}
            step={abilities.zoom.step}
            value={zoom}
            onInput={(event) => change(event.currentTarget.valueAsNumber)}
          />
        </label>
      )}
    </div>
  );
}

/** Why there is no live picture, and the way on. */
export function CameraTrouble({ problem, wayOn, onAgain }: { problem: CameraProblem; wayOn: string; onAgain: () => void }) {
  const denied = isApple() ? cameraProblems.deniedIphone : cameraProblems.deniedAndroid;
  const canTryAgain = problem !== "missing" && problem !== "unsupported";
  return (
    <div class="camera-trouble" role="alert">
      <p>{t(problem === "denied" ? denied : cameraProblems[problem])}</p>
      <p>{wayOn}</p>
      {canTryAgain && (
        <button class="button button-dark" type="button" onClick={onAgain}>
          {t(common.tryAgain)}
        </button>
      )}
    </div>
  );
}
