import { beforeEach, describe, expect, test, vi } from "vitest";
import { checkIn, hasGathered, isFull, judgePicture, keepNote, keepPicture, keepScan } from "../../../phone/at_site/evidence";
import type { Sample } from "../../../phone/at_site/fix_choice";
import { FixKeeper, fixOf } from "../../../phone/at_site/fix_keeper";
import { handOverLeftBehind } from "../../../phone/at_site/left_behind";
import { dropPhoto, readPhoto, readPhotoBytes } from "../../../phone/local/photos";
import { changeSettings } from "../../../phone/local/settings";
import type { VisitDraft } from "../../../phone/local/types";
import { closeDatabase } from "../../../phone/local/database";
import { newVisit, readVisit } from "../../../phone/local/visits";
import { listOutbox } from "../../../phone/outbox/store";
import * as pictures from "../../../phone/at_site/pictures";
import { site, USER } from "../outbox/samples";

const sample: Sample = {
  position: { latitude: 31.2304, longitude: 121.4737 },
  accuracy_m: 8,
  altitude_m: 4,
  speed_mps: null,
  fix_at_ms: Date.parse("2026-11-21T02:00:00Z"),
};
const thresholds = { photo_least_side_px: 480, photo_least_luminance: 20, photo_least_sharpness: 20 };
const shot = { role: "before", captured_at: "2026-11-21T02:00:01Z", work_order_id: null, retake_of: null } as const;
const file = new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xd9])], { type: "image/jpeg" });
const looks = { width_px: 4000, height_px: 3000, mean_luminance: 5, sharpness: 3 };

let visit: VisitDraft;

beforeEach(async () => {
  vi.restoreAllMocks();
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase("fieldproof").onsuccess = resolve;
  });
  visit = await checkIn(newVisit(USER, site, [], shot.captured_at), "arrival", sample);
});

describe("a picture", () => {
  test("is kept byte for byte, before anything is thought of it: a slow phone that dies meanwhile has it", async () => {
    const examine = vi.spyOn(pictures, "examine");
    const photo = await keepPicture(visit.id, shot, file);
    expect(examine).not.toHaveBeenCalled();
    expect(photo.original).toBeNull();
    const kept = await readPhotoBytes(photo.id);
    expect(await kept?.arrayBuffer()).toEqual(await file.arrayBuffer());
    const gathered = await readVisit(visit.id);
    expect(gathered?.gathered.photo_ids).toEqual([photo.id]);
    expect(gathered && hasGathered(gathered)).toBe(true);
  });
  test("has what the phone thinks of it noted once that is known", async () => {
    vi.spyOn(pictures, "examine").mockResolvedValue({ id: 1, looks, isBroken: false, copy: null });
    const photo = await judgePicture(await keepPicture(visit.id, shot, file), file, thresholds);
    expect(photo.warnings).toEqual(["dark"]);
    expect(await readPhoto(photo.id)).toEqual(photo);
  });
  test("that cannot be looked at is kept without a word; one that is no picture is not", async () => {
    const examine = vi.spyOn(pictures, "examine").mockResolvedValue({ id: 1, looks: null, isBroken: false, copy: null });
    const photo = await keepPicture(visit.id, shot, file);
    expect((await judgePicture(photo, file, thresholds)).warnings).toEqual([]);
    examine.mockResolvedValue({ id: 2, looks: null, isBroken: true, copy: null });
    expect((await judgePicture(photo, file, thresholds)).warnings).toEqual(["broken"]);
  });
  test("whose bytes are a photo of another visit is told at once, one of the same visit is not", async () => {
    vi.spyOn(pictures, "examine").mockResolvedValue({ id: 1, looks: null, isBroken: false, copy: null });
    await keepPicture(visit.id, shot, file);
    const twice = await keepPicture(visit.id, shot, file);
    expect((await judgePicture(twice, file, thresholds)).warnings).toEqual([]);
    const next = await checkIn(newVisit(USER, site, [], shot.captured_at), "arrival", sample);
    const again = await keepPicture(next.id, shot, file);
    expect((await judgePicture(again, file, thresholds)).warnings).toEqual(["reused"]);
  });
  test("that was thrown away while the phone looked at it stays away", async () => {
    vi.spyOn(pictures, "examine").mockResolvedValue({ id: 1, looks, isBroken: false, copy: null });
    const photo = await keepPicture(visit.id, shot, file);
    await dropPhoto(photo.id);
    expect((await judgePicture(photo, file, thresholds)).warnings).toEqual([]);
    expect(await readPhoto(photo.id)).toBeUndefined();
  });
  test("is made smaller only when the settings say so", async () => {
    const examine = vi.spyOn(pictures, "examine").mockResolvedValue({ id: 1, looks, isBroken: false, copy: null });
    await keepPicture(visit.id, shot, file);
    expect(examine).not.toHaveBeenCalled();
    await changeSettings({ downscale_photos_to_px: 1600 });
    const copy = new Blob(["small"]);
    examine.mockResolvedValue({ id: 2, looks, isBroken: false, copy });
    const photo = await keepPicture(visit.id, shot, file);
    expect(examine).toHaveBeenLastCalledWith(file, 1600);
    expect(photo).toMatchObject({ bytes: copy.size, original: { bytes: file.size } });
  });
});

describe("a check-in", () => {
  test("carries what was gathered, and the next one begins empty", async () => {
    vi.spyOn(pictures, "examine").mockResolvedValue({ id: 1, looks: null, isBroken: false, copy: null });
    const photo = await keepPicture(visit.id, shot, file);
    const scan = { id: crypto.randomUUID(), captured_at: "2026-11-21T02:00:02Z", symbology: "qr_code", value: "水泵", entered: "camera" } as const;
    await keepScan(visit.id, scan);
    await keepNote(visit.id, " 备注 ");
    const made = await checkIn((await readVisit(visit.id)) as VisitDraft, "progress", sample);
    expect(hasGathered(made)).toBe(false);
    const items = await listOutbox(USER);
    expect(items.find((item) => item.kind === "check_in" && item.body.kind === "progress")).toMatchObject({
      body: { note: "备注", scans: [scan], photos: [{ id: photo.id, sha256: photo.sha256 }], fix: fixOf(sample) },
    });
    expect(items.some((item) => item.kind === "photo" && item.photo_id === photo.id)).toBe(true);
    expect(made.check_ins.at(-1)).toMatchObject({ note: "备注", photo_ids: [photo.id] });
  });
  test("has room for 20 photos and 50 scans", () => {
    const of = (photos: number, scans: number) =>
      isFull({ ...visit, gathered: { ...visit.gathered, photo_ids: Array(photos).fill("p"), scans: Array(scans).fill({}) } });
    expect([of(19, 49), of(20, 0), of(0, 50)]).toEqual([false, true, true]);
  });
});

describe("what a killed app left behind", () => {
  const scan = { id: "s", captured_at: "2026-11-21T02:00:02Z", symbology: "qr_code", value: "A1", entered: "camera" } as const;
  test("goes out without a position, dated when it was gathered", async () => {
    const { updated_at_ms } = await keepScan(visit.id, { ...scan, id: crypto.randomUUID() });
    await handOverLeftBehind(USER, updated_at_ms + 11 * 60_000);
    expect((await readVisit(visit.id))?.check_ins.at(-1)).toMatchObject({
      kind: "progress",
      fix: null,
      captured_at: new Date(updated_at_ms).toISOString(),
    });
  });
  test("is left alone while somebody may still be gathering, and where there is nothing but a note", async () => {
    const { updated_at_ms } = await keepScan(visit.id, { ...scan, id: crypto.randomUUID() });
    await handOverLeftBehind(USER, updated_at_ms + 9 * 60_000);
    expect((await readVisit(visit.id))?.check_ins).toHaveLength(1);
    await checkIn((await readVisit(visit.id)) as VisitDraft, "progress", null);
    await keepNote(visit.id, "later");
    await handOverLeftBehind(USER, Date.now() + 60 * 60_000);
    expect((await readVisit(visit.id))?.check_ins).toHaveLength(2);
  });
});

describe("the fix that is sent", () => {
  test("says what the phone said and nothing else", () => {
    expect(fixOf(null)).toBeNull();
    expect(fixOf(sample)).toEqual({
      latitude: 31.2304,
      longitude: 121.4737,
      datum: "wgs84",
      accuracy_m: 8,
      altitude_m: 4,
      speed_mps: null,
      provider: null,
      mocked: false,
      fix_at: "2026-11-21T02:00:00.000Z",
    });
  });
  test("leaves out what the contract would refuse", () => {
    expect(fixOf({ ...sample, accuracy_m: 2_000_000, altitude_m: -20_000, speed_mps: 20_000 })).toMatchObject({
      accuracy_m: null,
      altitude_m: null,
      speed_mps: null,
    });
  });
});

describe("the keeper of positions", () => {
  const report = (time_ms: number) =>
    ({ coords: { latitude: 1, longitude: 2, accuracy: 5, altitude: null, speed: null }, timestamp: time_ms }) as unknown as GeolocationPosition;
  function keeperOf(now: { ms: number }) {
    const heard: PositionCallback[] = [];
    const source = { watchPosition: (hear: PositionCallback) => heard.push(hear), clearWatch: () => {} };
    const ticks: (() => void)[] = [];
    const ticker = { now: () => now.ms, every: (_ms: number, call: () => void) => (ticks.push(call), () => {}) };
    const keeper = new FixKeeper(source, ticker, { limit_m: 100, isInside: () => true }, () => {});
    return { keeper, heard };
  }

  test("hands over a position that still holds at once, and looks anew for an old one", async () => {
    const now = { ms: 1_795_262_400_000 };
    const { keeper, heard } = keeperOf(now);
    keeper.start();
    heard[0]?.(report(now.ms));
    expect((await keeper.demand())?.accuracy_m).toBe(5);
    expect(heard).toHaveLength(1);
    now.ms += 61_000;
    expect(keeper.recent).toBeNull();
    const next = keeper.demand();
    expect(heard).toHaveLength(2);
    heard[1]?.(report(now.ms));
    expect((await next)?.fix_at_ms).toBe(now.ms);
  });
  test("goes on without one when it is told not to wait", async () => {
    const now = { ms: 1_795_262_400_000 };
    const { keeper, heard } = keeperOf(now);
    const waiting = keeper.demand();
    keeper.settle();
    expect(await waiting).toBeNull();
    expect(await keeper.demand()).toBeNull();
    expect(heard).toHaveLength(1);
    now.ms += 2_001;
    void keeper.demand();
    expect(heard).toHaveLength(2);
  });
});
