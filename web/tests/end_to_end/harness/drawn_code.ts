import type { Page } from "playwright-core";

/** A JPEG of a QR code on a grey wall; `modules` are its rows, "1" is dark. */
export async function drawnCode(page: Page, modules: string[]) {
  const address = await page.evaluate((rows) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1400;
    const context = canvas.getContext("2d") as CanvasRenderingContext2D;
    context.fillStyle = "#ddd";
    context.fillRect(0, 0, 1400, 1400);
    context.fillStyle = "#222";
    const side = Math.floor(800 / rows.length);
    rows.forEach((row, y) => [...row].forEach((dark, x) => dark === "1" && context.fillRect(300 + x * side, 300 + y * side, side, side)));
    return canvas.toDataURL("image/jpeg", 0.8);
  }, modules);
  return { name: "code.jpg", mimeType: "image/jpeg", buffer: Buffer.from(address.split(",")[1] ?? "", "base64") };
}
