/** Asks the picture worker; one worker a page, made when the first picture comes. */
import type { PictureAnswer, PictureJob } from "./picture_worker";

/** A picture that takes longer is kept without a word on its looks: the technician must not wait. */
const PATIENCE_MS = 8_000;

type Answered = (answer: PictureAnswer) => void;

let worker: Worker | null = null;
let nextId = 1;
const waiting = new Map<number, Answered>();

const nothingSaid = (id: number): PictureAnswer => ({ id, looks: null, isBroken: false, copy: null });

function startWorker(): Worker {
  const started = new Worker(new URL("./picture_worker.ts", import.meta.url), { type: "module" });
  started.onmessage = (message: MessageEvent<PictureAnswer>) => waiting.get(message.data.id)?.(message.data);
  started.onerror = () => {
    worker = null;
    for (const [id, answered] of waiting) answered(nothingSaid(id));
  };
  return started;
}

/** Looks of a picture, and a smaller copy when one is wanted. Never rejects. */
export function examine(file: Blob, copySide_px: number | null): Promise<PictureAnswer> {
  const job: PictureJob = { id: nextId++, file, copySide_px };
  return new Promise((resolve) => {
    const answered: Answered = (answer) => {
      clearTimeout(timer);
      waiting.delete(job.id);
      resolve(answer);
    };
    const timer = setTimeout(() => answered(nothingSaid(job.id)), PATIENCE_MS);
    waiting.set(job.id, answered);
    try {
      worker ??= startWorker();
      worker.postMessage(job);
    } catch {
      answered(nothingSaid(job.id));
    }
  });
}
