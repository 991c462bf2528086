/**
 * The phone's database. It is opened once a page; every write of work uses `durability: "strict"`, so that
 * "saved" means: on the phone's flash, also when the battery is pulled.
 */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from "idb";
import type { OutboxItem } from "../outbox/items";
import type { PhotoRecord, Session, Settings, StoredDay, VisitDraft } from "./types";

/**
 * The bytes in the record itself are part of its transaction, and as durable. A Blob is, in Safari's engine, a file beside
 * the database: it is put there after the commit, and that it could not be is no error (SQLiteIDBTransaction::commit). What
 * is too large to be held in memory is one all the same.
 */
export type KeptBytes = { type: string; content: ArrayBuffer } | Blob;

export interface PhoneSchema extends DBSchema {
  /** At most one record, under "current". */
  session: { key: "current"; value: Session };
  /** At most one record, under "settings". */
  settings: { key: "settings"; value: Settings };
  /** One a user. */
  days: { key: string; value: StoredDay };
  visits: { key: string; value: VisitDraft; indexes: { by_user: string } };
  photos: { key: string; value: PhotoRecord; indexes: { by_visit: string; by_user: string } };
  /** Bytes by photo id; an original that is kept beside a smaller copy: under "original:" and the id. */
  photo_bytes: { key: string; value: KeptBytes };
  outbox: { key: string; value: OutboxItem; indexes: { by_user: string } };
}

export type PhoneDatabase = IDBPDatabase<PhoneSchema>;
export type WriteTransaction = IDBPTransaction<PhoneSchema, StoreNames<PhoneSchema>[], "readwrite">;

const NAME = "fieldproof";
const VERSION = 1;

let opened: Promise<PhoneDatabase> | null = null;
let onBlocked: (() => void) | null = null;

/** Calls `listener` when a newer version of the app, in another tab, needs this tab to be closed. */
export function whenNewerVersionWaits(listener: () => void): void {
  onBlocked = listener;
}

/** The database. Rejects when the browser denies storage: then no work may be accepted. */
export async function database(): Promise<PhoneDatabase> {
  const known = opened;
  if (known && isAlive(await known)) return known;
  if (opened === known) opened = null;
  return open();
}

/** iPhones close a connection while the app is in the background, and do not always say so. */
function isAlive(db: PhoneDatabase): boolean {
  try {
    db.transaction("session").done.catch(() => {});
    return true;
  } catch {
    return false;
  }
}

function open(): Promise<PhoneDatabase> {
  opened ??= openDB<PhoneSchema>(NAME, VERSION, {
    upgrade(db) {
      db.createObjectStore("session");
      db.createObjectStore("settings");
      db.createObjectStore("days", { keyPath: "user_id" });
      db.createObjectStore("visits", { keyPath: "id" }).createIndex("by_user", "user_id");
      const photos = db.createObjectStore("photos", { keyPath: "id" });
      photos.createIndex("by_visit", "visit_id");
      photos.createIndex("by_user", "user_id");
      db.createObjectStore("photo_bytes");
      db.createObjectStore("outbox", { keyPath: "id" }).createIndex("by_user", "user_id");
    },
    blocking(_current, _blocked, event) {
      // A newer version waits for this connection. Closing it loses nothing: all is written.
      (event.target as IDBDatabase).close();
      onBlocked?.();
    },
    terminated() {
      opened = null;
    },
  }).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

/** Closes the database: for tests, which play a phone that is switched off. */
export async function closeDatabase(): Promise<void> {
  (await opened)?.close();
  opened = null;
}

/**
 * Runs `work` in one transaction over `stores` and resolves when it is durable; all of it happens, or
 * nothing. `work` must await nothing but the transaction's own requests.
 */
export async function write<Result>(
  stores: StoreNames<PhoneSchema>[],
  work: (transaction: WriteTransaction) => Promise<Result>,
): Promise<Result> {
  const db = await database();
  const transaction = db.transaction(stores, "readwrite", { durability: "strict" });
  try {
    const result = await work(transaction);
    await transaction.done;
    announceChange(stores);
    return result;
  } catch (error) {
    // Already aborted when the error was the transaction's own, such as a full disk.
    transaction.done.catch(() => {});
    try {
      transaction.abort();
    } catch {
      /* it is over */
    }
    throw error;
  }
}

type ChangeListener = (stores: readonly string[]) => void;
const listeners = new Set<ChangeListener>();
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("fieldproof-changes");
if (channel) {
  channel.onmessage = (message: MessageEvent<string[]>) => tellListeners(message.data);
  // In tests a channel would keep the process alive.
  (channel as unknown as { unref?: () => void }).unref?.();
}

function tellListeners(stores: readonly string[]): void {
  for (const listener of listeners) listener(stores);
}

function announceChange(stores: readonly string[]): void {
  tellListeners(stores);
  channel?.postMessage([...stores]);
}

/** Calls `listener` after each write, of this tab or another; ends with the function that is returned. */
export function watchChanges(stores: StoreNames<PhoneSchema>[], listener: () => void): () => void {
  const wanted = new Set<string>(stores);
  const inner: ChangeListener = (changed) => {
    if (changed.some((store) => wanted.has(store))) listener();
  };
  listeners.add(inner);
  return () => void listeners.delete(inner);
}
