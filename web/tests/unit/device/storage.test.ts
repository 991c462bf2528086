import { beforeEach, expect, test, vi } from "vitest";
import { isPrivate, noticePrivateWindow } from "../../../phone/device/storage";

const withStorage = (storage: object | undefined) => vi.stubGlobal("navigator", { storage });

beforeEach(() => isPrivate.set(false));

test("a window without files of its own is a private one", async () => {
  withStorage({ getDirectory: () => Promise.reject(new DOMException("no", "UnknownError")) });
  await noticePrivateWindow();
  expect(isPrivate.value).toBe(true);
});

test("one that has them is not, and where nothing is known nothing is said", async () => {
  for (const storage of [{ getDirectory: () => Promise.resolve({}) }, {}, undefined]) {
    withStorage(storage);
    await noticePrivateWindow();
    expect(isPrivate.value).toBe(false);
  }
});
