/** What can go wrong at a site, in a real browser: harness/film.ts is what its camera sees. */
import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { atSite, position, positionProblems } from "../../phone/words/at_site";
import { roles } from "../../shared/words/roles";
import { camera, cameraProblems, scanner } from "../../phone/words/camera";
import { doubts } from "../../phone/words/doubts";
import { outbox, refusals } from "../../phone/words/outbox";
import { settings } from "../../phone/words/settings";
import type { Schema } from "../../shared/api/types";
import type { Word } from "../../shared/i18n/i18n";
import { seriousFindings } from "./harness/accessibility";
import { closePhones, goodNetwork, newPhone } from "./harness/browser";
import { drawnCode } from "./harness/drawn_code";
import { PLACE } from "./harness/organisation";
import { pictureFile, videoFile } from "./harness/picture_file";
import { phoneWith, Scene } from "./harness/scene";
import { service } from "./harness/service";
import { networkReturns } from "./harness/steps";
import { hardInSunlight } from "./harness/sunlight";

afterEach(closePhones);

type Codes = Record<string, { value: string; modules: string[] }>;
const codes = JSON.parse(
  readFileSync(new URL("../unit/at_site/chinese_qr_codes.json", import.meta.url), "utf8"),
) as Codes;

/** The app goes to the background, or comes back. */
function show(page: Page, state: DocumentVisibilityState): Promise<void> {
  return page.evaluate((visibility) => {
    Object.defineProperty(document, "visibilityState", { value: visibility, configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, state);
}

describe("the position", () => {
  test("denied: the words say how to allow it, and the check-in goes without", async () => {
    const scene = await Scene.open("en", await newPhone({ permissions: [] }));
    const { technician } = scene;
    await technician.sees(technician.say(positionProblems.deniedAndroid));
    await technician.sees(technician.say(position.still));
    await scene.photograph("position_denied");
    await technician.checkIn();
    const visit = await scene.visit();
    expect(visit.check_ins[0]).toMatchObject({ fix: null, verdict: "needs_review" });
    expect(visit.check_ins[0]?.findings.map(({ code }) => code)).toEqual(["fix_missing"]);
  });

  test("coarse and outside: said before, counted down, and not in the way", async () => {
    const away = { latitude: PLACE.latitude + 0.01, longitude: PLACE.longitude, accuracy: 30 };
    const scene = await Scene.open("en", await newPhone({ geolocation: away }));
    const { technician, page } = scene;
    await technician.sees(technician.say(position.needs_review));
    await page.getByRole("timer").waitFor({ state: "attached" });
    await technician.press(atSite.checkIn);
    await scene.photograph("outside");
    await technician.press(atSite.checkInNow);
    await technician.sees(technician.say(atSite.savedArrival));
    const visit = await scene.visit();
    expect(visit.check_ins[0]).toMatchObject({ geofence: "outside", verdict: "needs_review" });
  });

  test("without a signal: the check-in goes by itself when the countdown ends", async () => {
    const silent = await phoneWith(() => {
      navigator.geolocation.watchPosition = (_hear, fail) => {
        setTimeout(() => fail?.({ code: 2 } as GeolocationPositionError), 50);
        return 1;
      };
    }, { locale: "zh-CN" });
    const scene = await Scene.open("zh", silent);
    const { technician } = scene;
    await technician.sees(technician.say(positionProblems.unavailable));
    await technician.press(atSite.checkIn);
    await scene.photograph("no_signal");
    await scene.page.getByText(technician.say(atSite.savedArrival)).waitFor({ timeout: 20_000 });
    expect((await scene.visit()).check_ins[0]?.fix).toBeNull();
  });

  test("sought in the background: it pauses, says so and goes on", async () => {
    const phone = await phoneWith(() => {
      navigator.geolocation.watchPosition = () => 1;
    });
    const { technician, page } = await Scene.open("en", phone);
    await show(page, "hidden");
    await show(page, "visible");
    await technician.sees(technician.say(position.wasPaused));
  });
});

describe("the camera", () => {
  const problems = [
    ["NotAllowedError", cameraProblems.deniedAndroid],
    ["NotFoundError", cameraProblems.missing],
    ["NotReadableError", cameraProblems.busy],
  ] as const;
  for (const [name, words] of problems) {
    test(`that does not open (${name}) says why, and the phone's own camera is offered`, async () => {
      const phone = await newPhone();
      await phone.addInitScript((error) => {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", error));
      }, name);
      const scene = await Scene.arrive("en", phone);
      await scene.technician.press(atSite.photo);
      await scene.technician.sees(scene.technician.say(words));
      await scene.photograph(`camera_${name}`);
      await scene.takeWithPhone(pictureFile("--width", "1600", "--height", "1200"));
      await scene.technician.sees(scene.technician.say(camera.saved, { role: scene.technician.say(roles.before) }));
    });
  }

  test("of the phone itself: its file arrives byte for byte, EXIF included", async () => {
    const scene = await Scene.arrive("zh");
    const { technician } = scene;
    const file = pictureFile("--make", "HUAWEI", "--model", "P60", "--width", "1600", "--height", "1200");
    await technician.press(atSite.photo);
    await scene.takeWithPhone(file);
    await technician.sees(technician.say(camera.saved, { role: technician.say(roles.before) }));
    await technician.press(camera.finish, technician.dialog);
    const visit = await scene.visit();
    const [photo] = visit.check_ins.flatMap(({ photos }) => photos);
    expect(photo?.receipt?.sha256).toBe(createHash("sha256").update(file.buffer).digest("hex"));
    expect(photo?.exif?.model).toBe("P60");
  });

  test.each([
    ["blurred", camera.blurred],
    ["dark", camera.dark],
  ] as const)("a %s picture is saved, shown and asked about; the server finds the same", async (kind, words) => {
    const scene = await Scene.arrive("zh");
    const { technician } = scene;
    await technician.press(atSite.photo);
    await scene.takeWithPhone(pictureFile(`--${kind}`, "--width", "1600", "--height", "1200"));
    await technician.sees(technician.say(words));
    await scene.photograph(`picture_${kind}`);
    expect(await seriousFindings(scene.page)).toEqual([]);
    await technician.press(camera.keep, technician.dialog);
    await technician.press(camera.finish, technician.dialog);
    const [photo] = (await scene.visit()).check_ins.flatMap(({ photos }) => photos);
    expect(photo?.findings.map(({ code }) => code)).toContain(kind === "dark" ? "photo_too_dark" : "photo_blurred");
  });

  test("a picture that is taken again is not sent", async () => {
    const scene = await Scene.arrive("en");
    const { technician } = scene;
    await technician.press(atSite.photo);
    await scene.takeWithPhone(pictureFile("--blurred", "--width", "1600", "--height", "1200"));
    await technician.press(camera.retake, technician.dialog);
    await technician.takePhoto("before");
    await technician.press(camera.finish, technician.dialog);
    const photos = (await scene.visit()).check_ins.flatMap((checkIn) => checkIn.photos);
    expect(photos.map(({ findings }) => findings.map(({ code }) => code))).toEqual([[]]);
  });

  test("a photo that cannot be opened is kept, said so without a network, and answers nothing", async () => {
    const scene = await Scene.arrive("zh");
    const { technician, page } = scene;
    (await goodNetwork()).cut();
    await technician.press(atSite.photo);
    await scene.takeWithPhone(pictureFile("--width", "1600", "--height", "1200", "--drop-last", "40000"));
    await technician.sees(technician.say(camera.broken));
    expect(Object.keys(await technician.photosOnPhone())).toHaveLength(1);
    await technician.press(camera.keep, technician.dialog);
    await technician.press(camera.finish, technician.dialog);
    await page.locator(".check-open").filter({ hasText: technician.say(roles.before) }).waitFor();
    await networkReturns(technician, await goodNetwork());
    await technician.sees(technician.say(doubts.title, { count: 1 }));
    await technician.sees(technician.say(refusals.photoRefused));
  });

  test("what the server has against a photo is said on site, until it is taken again or let be", async () => {
    const scene = await Scene.arrive("zh");
    const { technician, page, work } = scene;
    const title = (count: number) => technician.say(doubts.title, { count });
    await technician.press(atSite.photo);
    const old = pictureFile("--time", "2019:03:01 08:00:00", "--offset", "+08:00", "--width", "1600", "--height", "1200");
    const damaged = pictureFile("--width", "1600", "--height", "1200", "--seed", "2");
    damaged.buffer.fill(0x55, damaged.buffer.length / 2, damaged.buffer.length / 2 + 4000);
    await scene.takeWithPhone(old);
    await technician.sees(technician.say(camera.saved, { role: technician.say(roles.before) }));
    await page.getByRole("radio", { name: technician.say(roles.nameplate) }).check();
    await scene.takeWithPhone(damaged);
    await technician.sees(technician.say(camera.saved, { role: technician.say(roles.nameplate) }));
    await technician.press(camera.finish, technician.dialog);
    await technician.sees(title(2));
    await technician.sees(technician.say(refusals.photoRefused));
    await page.locator(".doubt").getByText(/^照片已损坏，无法完整显示/).waitFor();
    await page.locator(".doubt").getByText(/^照片的 EXIF 显示拍摄于 2019/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(await hardInSunlight(page)).toEqual([]);
    await scene.photograph("doubts");

    await page.goto("/app/#/outbox");
    await technician.sees(technician.say(outbox.safeDoubted));
    await technician.sees(title(2));
    await scene.photograph("doubts_outbox");
    await page.goto(`/app/#/site/${work.id}`);
    const doubted = (role: Word) => page.locator(".doubt").filter({ has: page.getByRole("heading", { name: technician.say(role) }) });
    await doubted(roles.nameplate).getByRole("button", { name: new RegExp(`^${technician.say(camera.retake)}`) }).click();
    await technician.takePhoto("nameplate");
    await technician.press(camera.finish, technician.dialog);
    await technician.sees(title(1));
    await doubted(roles.before).getByRole("button", { name: technician.say(doubts.letBe) }).click();
    await page.locator(".doubt").waitFor({ state: "detached" });
  });

  test("of the phone itself: a picture that the phone lost with the app is said so, once", async () => {
    const scene = await Scene.arrive("zh");
    const { technician, page, work } = scene;
    const lost = page.getByText(technician.say(atSite.pictureLost));
    const openCameraApp = async () => {
      await technician.press(atSite.photo);
      const chooser = page.waitForEvent("filechooser");
      await technician.dialog.locator("label", { hasText: technician.say(camera.fullCamera) }).click();
      return chooser;
    };
    const begin = async () => {
      await page.goto("about:blank");
      await page.goto(`/app/#/site/${work.id}`);
      await page.getByRole("button", { name: technician.say(atSite.leave), exact: true }).waitFor();
    };
    await openCameraApp();
    await begin();
    await lost.waitFor();
    await scene.photograph("picture_lost");
    await begin();
    expect(await lost.count()).toBe(0);
    await (await openCameraApp()).setFiles(pictureFile("--width", "1600", "--height", "1200"));
    await technician.sees(technician.say(camera.saved, { role: technician.say(roles.before) }));
    await begin();
    expect(await lost.count()).toBe(0);
    await openCameraApp();
    await show(page, "hidden");
    await show(page, "visible");
    await begin();
    expect(await lost.count(), "no picture was taken, and nothing was lost").toBe(0);
  });

  test("a file that is no JPEG is refused with the way to get one", async () => {
    const { technician, page } = await Scene.arrive("en");
    await technician.press(atSite.photo);
    const heic = Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1");
    await page.locator('input[type="file"][accept="image/jpeg"]').setInputFiles({ name: "IMG_1.HEIC", mimeType: "image/heic", buffer: heic });
    await technician.sees(technician.say(camera.notJpeg, { kind: "HEIC" }));
  });

  test("a photo that the server would not take is said to be too large, and not saved", async () => {
    const { technician, page } = await Scene.arrive("en");
    await technician.press(atSite.photo);
    const buffer = Buffer.alloc(26_214_401, pictureFile("--width", "640", "--height", "480").buffer);
    await page.locator('input[type="file"][accept="image/jpeg"]').setInputFiles({ name: "IMG_2.jpg", mimeType: "image/jpeg", buffer });
    await page.getByText(/NOT saved/).waitFor();
    expect(await technician.photosOnPhone()).toEqual({});
  });

  test("a video goes with its visit, byte for byte; one that was cut off is refused on the spot", async () => {
    const scene = await Scene.arrive("en");
    const { technician, page } = scene;
    const video = videoFile();
    await technician.press(atSite.photo);
    const input = page.locator('input[type="file"][accept^="video"]');
    await input.setInputFiles({ ...video, buffer: video.buffer.subarray(0, -100) });
    await technician.sees(technician.say(camera.videoCut));
    await input.setInputFiles(video);
    await technician.sees(technician.say(camera.saved, { role: technician.say(roles.before) }));
    await technician.press(camera.finish, technician.dialog);
    await page.locator(".thumbnail video").waitFor();
    await scene.photograph("video");
    const [shown] = (await scene.visit()).check_ins.flatMap(({ photos }) => photos);
    expect(shown).toMatchObject({ media: "video", duration_ms: 2000, original: { width_px: 640, height_px: 480 } });
    expect(shown?.receipt?.sha256).toBe(createHash("sha256").update(video.buffer).digest("hex"));
  });

  test("smaller by choice: the copy is sent with its EXIF, the original stays and can be saved", async () => {
    const scene = await Scene.arrive("en");
    const { technician, page, work } = scene;
    await page.goto("/app/#/settings");
    await page.getByRole("radio", { name: technician.say(settings.downscaleTo, { pixels: 1600 }) }).check();
    await page.goto(`/app/#/site/${work.id}`);
    await technician.press(atSite.photo);
    const file = pictureFile("--model", "P60", "--orientation", "6", "--width", "2000", "--height", "1500");
    await scene.takeWithPhone(file);
    await technician.sees(technician.say(camera.saved, { role: technician.say(roles.before) }));
    await technician.press(camera.finish, technician.dialog);
    expect(Object.keys(await technician.photosOnPhone())).toHaveLength(2);
    const [photo] = (await scene.visit()).check_ins.flatMap(({ photos }) => photos);
    expect(photo).toMatchObject({ original: { width_px: 1600, height_px: 1200 }, exif: { model: "P60" } });

    await page.goto("/app/#/settings");
    await page.getByText(/^1 original that was not sent/).click();
    await scene.photograph("originals");
    expect(await hardInSunlight(page)).toEqual([]);
    const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /^Save the original: Before, 人民广场店/ }).click()]);
    expect(saved.suggestedFilename()).toMatch(/^before-2\d{3}-.*\.jpg$/);
    const copy = join(service.folder, saved.suggestedFilename());
    await saved.saveAs(copy);
    expect(readFileSync(copy).equals(file.buffer)).toBe(true);
    await technician.press(settings.removeOriginals);
    await technician.press(settings.removeOriginalsYes, technician.dialog);
    await page.getByText(/original that was not sent/).waitFor({ state: "detached" });
    expect(Object.keys(await technician.photosOnPhone())).toHaveLength(1);
  });
});

describe("the scanner", () => {
  test("is on the phone before it is needed: the first machine may stand where there is no network", async () => {
    const scene = await Scene.arrive("zh");
    const { technician, page } = scene;
    const areKept = () =>
      page.evaluate(async () => {
        const kept = await (await caches.open("fieldproof-extra")).keys();
        return ["scanner_worker", "zxing_reader"].every((name) => kept.some(({ url }) => url.includes(name)));
      });
    await expect.poll(areKept, { timeout: 40_000 }).toBe(true);
    (await goodNetwork()).cut();
    await page.reload();
    await technician.scan();
    await scene.photograph("scanned_offline");
    await networkReturns(technician, await goodNetwork());
    expect((await scene.visit()).check_ins.flatMap(({ scans }) => scans)).toHaveLength(1);
  });

  test("takes typed codes in the label's spelling, and tells this site's from another's and from unknown ones", async () => {
    const scene = await Scene.arrive("en", await phoneWith(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotFoundError"));
    }));
    const { technician, page, organisation, work } = scene;
    const elsewhere = await organisation.work({ technician: technician.person, barcode: "X-77", title: "Another" });
    expect(elsewhere.site).not.toBe(work.site);
    await page.reload();
    await page.goto("/app/#/");
    await technician.sees("Another");
    await technician.openWork(work.title);
    await technician.press(atSite.scan);
    const type = async (code: string): Promise<void> => {
      await page.getByLabel(technician.say(scanner.typed)).fill(code);
      await technician.press(scanner.check, technician.dialog);
    };
    await type("ｘ－７７");
    await page.getByText(new RegExp("belongs to another site")).waitFor();
    await scene.photograph("scan_other_site");
    expect(await seriousFindings(page)).toEqual([]);
    await technician.press(scanner.again, technician.dialog);
    await type("nothing");
    await technician.sees(technician.say(scanner.unknown));
    await technician.press(scanner.use, technician.dialog);
    await technician.sees(technician.say(scanner.saved));
    await technician.press(scanner.finish, technician.dialog);
    const [scan] = (await scene.visit()).check_ins.flatMap(({ scans }) => scans);
    expect(scan).toMatchObject({ value: "nothing", entered: "typed", symbology: "unknown", asset: null });
  });


  test("reads a code in a photo where there is no live camera: GBK, as Chinese label printers write it", async () => {
    const { value, modules } = codes["GBK, as label printers write it"] as { value: string; modules: string[] };
    const phone = await newPhone();
    await phone.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError"));
    });
    const scene = await Scene.arrive("en", phone, value);
    const { technician, page } = scene;
    await technician.press(atSite.scan);
    await technician.sees(technician.say(scanner.wayOn));
    await scene.photograph("scan_denied");
    await scene.takeWithPhone(await drawnCode(page, modules));
    await technician.sees(technician.say(scanner.saved), technician.dialog);
    await technician.press(scanner.finish, technician.dialog);
    const [scan] = (await scene.visit()).check_ins.flatMap(({ scans }) => scans);
    expect(scan).toMatchObject({ value, entered: "camera", verdict: "accepted" });
  });
});

test("a photo that the manager wants again: its reason, the camera, the answer", async () => {
  const scene = await Scene.arrive("zh");
  const { technician, organisation, page, work } = scene;
  await technician.takePhotos("nameplate");
  await technician.checkOut();
  const [photo] = (await scene.visit()).check_ins.flatMap(({ photos }) => photos);
  const reason = "铭牌上的序列号看不清";
  const manager = await organisation.person("manager");
  await manager.call("POST", `/v1/photos/${photo?.id}/reviews`, { id: randomUUID(), decision: "retake", reason });
  await page.goto("/app/#/");
  await page.getByText(reason).waitFor();
  await page.goto(`/app/#/site/${work.id}?retake=${photo?.id}`);
  await technician.sees(new RegExp(reason));
  await scene.photograph("retake");
  await technician.press(atSite.checkInRetake);
  await technician.sees(technician.say(camera.retakeOf, { reason }));
  // The film begins anew every 24 pictures: another visit's photo, byte for byte, is told as such.
  await scene.takeWithPhone(pictureFile("--width", "1600", "--height", "1200"));
  await technician.sees(technician.say(camera.saved, { role: technician.say(roles.nameplate) }));
  await technician.press(camera.finish, technician.dialog);
  await technician.sees(technician.say(atSite.retakeAnswered));
  await technician.waitUntilAllIsSent();
  const { items } = await organisation.manager.get<Schema<"RetakePage">>("/v1/retakes");
  expect(items[0]).toMatchObject({ photo_id: photo?.id, answered_by_photo_id: expect.any(String) as string });
});

test("two work orders at one site are one visit", async () => {
  const scene = await Scene.arrive("en");
  const { technician, organisation, page, work } = scene;
  const other = await organisation.work({ technician: technician.person, site_id: work.site, title: "Another", barcode: "X1", checklist: [] });
  await page.goto("/app/#/");
  await page.reload();
  await technician.openWork("Another");
  await technician.takePhotos("before");
  await technician.sees(technician.say(atSite.savedProgress));
  const { check_ins } = await scene.visit();
  expect(check_ins.map(({ kind, work_order_ids }) => [kind, [...work_order_ids].sort()])).toEqual([
    ["arrival", [work.id]],
    ["progress", [work.id, other.id].sort()],
  ]);
});

test("photos that were gathered when the app was closed go out when it is opened again", async () => {
  /* A phone that kills its browser tells nobody. */
  const phone = await phoneWith(() => {
    addEventListener("visibilitychange", (event) => event.stopImmediatePropagation(), { capture: true });
  });
  const scene = await Scene.arrive("en", phone);
  const { technician, page, work } = scene;
  await technician.press(atSite.photo);
  await technician.takePhoto("before");
  await page.goto("about:blank");
  await page.goto(`/app/#/site/${work.id}`);
  await technician.sees(technician.say(atSite.savedProgress));
  const photos = (await scene.visit()).check_ins.flatMap((checkIn) => checkIn.photos);
  expect(photos.map(({ role }) => role)).toEqual(["before"]);
});

test("photos go out before the system puts the app away", async () => {
  const scene = await Scene.arrive("en");
  const { technician, page } = scene;
  await technician.press(atSite.photo);
  await technician.takePhoto("before");
  await show(page, "hidden");
  await show(page, "visible");
  const photos = (await scene.visit()).check_ins.flatMap((checkIn) => checkIn.photos);
  expect(photos.map(({ role }) => role)).toEqual(["before"]);
});

test("leaving while photos still wait for a position loses neither", async () => {
  const scene = await Scene.arrive(
    "en",
    await phoneWith(() => {
      let calls = 0;
      const watch = navigator.geolocation.watchPosition.bind(navigator.geolocation);
      navigator.geolocation.watchPosition = (...call) => (calls++ === 0 ? watch(...call) : 1000 + calls);
      const now = Date.now;
      /* The position of the arrival is soon too old. */
      addEventListener("click", () => (Date.now = () => now() + 120_000), { once: true, capture: true });
    }),
  );
  const { technician } = scene;
  await technician.takePhotos("before");
  await technician.press(atSite.leave);
  await technician.press(atSite.leaveAnyway, technician.dialog);
  await technician.press(atSite.leaveNow);
  await technician.sees(technician.say(atSite.savedDeparture));
  const { check_ins } = await scene.visit();
  expect(check_ins.map(({ kind, photos }) => [kind, photos.length])).toEqual([
    ["arrival", 0],
    ["progress", 1],
    ["departure", 0],
  ]);
});

test("a note is kept as it is composed, and goes with the check-out", async () => {
  const scene = await Scene.arrive("zh");
  const { technician, page } = scene;
  const field = page.getByLabel(technician.say(atSite.note), { exact: true });
  await field.focus();
  const session = await scene.technician.phone.newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "ya", selectionStart: 2, selectionEnd: 2 });
  await page.waitForTimeout(900);
  expect(await field.inputValue()).toBe("ya");
  await session.send("Input.insertText", { text: "压缩机" });
  await technician.sees(technician.say(atSite.noteSaved));
  await page.keyboard.insertText("正常");
  await technician.checkOut();
  await scene.photograph("left");
  await technician.sees("压缩机正常");
  expect((await scene.visit()).check_ins.at(-1)?.note).toBe("压缩机正常");
});
