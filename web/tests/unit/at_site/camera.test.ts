import { afterEach, describe, expect, test, vi } from "vitest";
import { Camera, CameraFailure } from "../../../phone/at_site/camera";

afterEach(() => vi.unstubAllGlobals());

/** A phone whose camera behaves as the test says. */
function phoneWith(getUserMedia: () => Promise<unknown>): void {
  vi.stubGlobal("navigator", { mediaDevices: { getUserMedia } });
}

function track(capabilities: object | null, applyConstraints = vi.fn(async () => undefined)) {
  const listeners: (() => void)[] = [];
  return {
    getCapabilities: capabilities ? () => capabilities : undefined,
    applyConstraints,
    stop: vi.fn(),
    addEventListener: (_name: string, listener: () => void) => listeners.push(listener),
    end: () => listeners.forEach((listener) => listener()),
  };
}

async function cameraOf(of: ReturnType<typeof track>): Promise<Camera> {
  phoneWith(async () => ({ getVideoTracks: () => [of], getTracks: () => [of] }));
  return Camera.open("photo");
}

describe("a camera that does not open says why", () => {
  test.each([
    ["NotAllowedError", "denied"],
    ["SecurityError", "denied"],
    ["NotFoundError", "missing"],
    ["OverconstrainedError", "missing"],
    ["NotReadableError", "busy"],
    ["AbortError", "busy"],
    ["TypeError", "failed"],
  ])("%s: %s", async (name, problem) => {
    phoneWith(() => Promise.reject(new DOMException("", name)));
    await expect(Camera.open("photo")).rejects.toEqual(new CameraFailure(problem as "denied"));
  });
  test("no such thing in this browser", async () => {
    vi.stubGlobal("navigator", {});
    await expect(Camera.open("scan")).rejects.toMatchObject({ problem: "unsupported" });
  });
  test("a stream without a picture", async () => {
    phoneWith(async () => ({ getVideoTracks: () => [], getTracks: () => [] }));
    await expect(Camera.open("scan")).rejects.toMatchObject({ problem: "missing" });
  });
});

describe("an open camera", () => {
  test("offers light and zoom where it has them", async () => {
    const camera = await cameraOf(track({ torch: true, zoom: { min: 1, max: 8, step: 0.5 } }));
    expect(camera.abilities).toEqual({ hasTorch: true, zoom: { min: 1, max: 8, step: 0.5 } });
  });
  test("offers neither where it has not, or does not say", async () => {
    expect((await cameraOf(track({ zoom: { min: 1, max: 1, step: 0 } }))).abilities).toEqual({ hasTorch: false, zoom: null });
    expect((await cameraOf(track(null))).abilities).toEqual({ hasTorch: false, zoom: null });
  });
  test("tells whether the light obeyed", async () => {
    const applied = vi.fn(async () => undefined);
    expect(await (await cameraOf(track({}, applied))).setTorch(true)).toBe(true);
    expect(applied).toHaveBeenCalledWith({ advanced: [{ torch: true }] });
    const refusing = track({}, vi.fn(() => Promise.reject(new Error("no"))));
    expect(await (await cameraOf(refusing)).setTorch(true)).toBe(false);
  });
  test("tells when the system takes it away, not when it is closed", async () => {
    const taken = track({});
    const onEnd = vi.fn();
    const camera = await cameraOf(taken);
    camera.whenTakenAway(onEnd);
    taken.end();
    expect(onEnd).toHaveBeenCalledOnce();
    camera.close();
    expect(taken.stop).toHaveBeenCalled();
    taken.end();
    expect(onEnd).toHaveBeenCalledOnce();
  });

  const still = (photo: Promise<Blob>, takePhoto = vi.fn(() => photo)) => {
    const size = { imageWidth: { max: 4000 }, imageHeight: { max: 3000 } };
    vi.stubGlobal("ImageCapture", class { takePhoto = takePhoto; getPhotoCapabilities = async () => size; });
    return takePhoto;
  };
  const frame = new Blob(["frame"], { type: "image/jpeg" });
  const drawn = (width: number) =>
    vi.stubGlobal("document", {
      createElement: () => ({ width: 0, getContext: () => ({ drawImage: () => {} }), toBlob: (call: (blob: Blob) => void) => call(frame) }),
      width,
    });
  const video = (videoWidth: number) => ({ videoWidth, videoHeight: 480 }) as HTMLVideoElement;

  test("gives its own still picture, byte for byte", async () => {
    const camera = await cameraOf(track({}));
    const photo = new Blob(["still"], { type: "image/jpeg" });
    const takePhoto = still(Promise.resolve(photo));
    expect(await camera.takePicture(video(640))).toBe(photo);
    expect(takePhoto).toHaveBeenCalledWith({ imageWidth: 4000, imageHeight: 3000 });
  });
  test("gives the frame on the screen where there is no still, or no JPEG", async () => {
    const camera = await cameraOf(track({}));
    drawn(640);
    expect(await camera.takePicture(video(640))).toBe(frame);
    still(Promise.reject(new Error("no")));
    expect(await camera.takePicture(video(640))).toBe(frame);
    still(Promise.resolve(new Blob(["x"], { type: "image/png" })));
    expect(await camera.takePicture(video(640))).toBe(frame);
  });
  test("gives the frame when the still picture does not come", async () => {
    vi.useFakeTimers();
    const camera = await cameraOf(track({}));
    drawn(640);
    still(new Promise(() => {}));
    const picture = camera.takePicture(video(640));
    await vi.advanceTimersByTimeAsync(5000);
    expect(await picture).toBe(frame);
    vi.useRealTimers();
  });
  test("refuses while it shows nothing", async () => {
    const camera = await cameraOf(track({}));
    drawn(0);
    await expect(camera.takePicture(video(0))).rejects.toMatchObject({ problem: "failed" });
  });
});
