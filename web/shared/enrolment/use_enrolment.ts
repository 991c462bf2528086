import { useCallback, useEffect, useState } from "preact/hooks";
import { type ApiClient, path } from "../api/client";
import type { Schema } from "../api/types";
import type { QrPicture } from "./qr";
import { newId } from "../new_id";

const ASK_EVERY_MS = 3000;

/** How the page that shows the code speaks to the server, and of its failures. */
export interface Enrolling {
  readonly api: ApiClient;
  readonly failureText: (error: unknown) => string;
}

export interface ShownCode {
  enrolment: Schema<"Enrolment">;
  url: string;
  qr: QrPicture;
}

export interface EnrolmentView {
  shown: ShownCode | null;
  trouble: string | null;
  /** Makes another code, after the one before ended. */
  again: () => void;
  withdraw: () => void;
}

/** A code for the technician, and what becomes of it while it is looked at. */
export function useEnrolment(technicianId: string, { api, failureText }: Enrolling): EnrolmentView {
  // One id for all attempts: a repeated request makes no second code.
  const [id, setId] = useState(() => newId());
  const [shown, setShown] = useState<ShownCode | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const fail = useCallback((error: unknown) => setTrouble(failureText(error)), [failureText]);

  useEffect(() => {
    let isOver = false;
    setShown(null);
    setTrouble(null);
    make(api, technicianId, id).then((made) => !isOver && setShown(made), (error: unknown) => !isOver && fail(error));
    return () => {
      isOver = true;
    };
  }, [api, technicianId, id, fail]);

  const isOpen = shown?.enrolment.state === "open";
  const look = useCallback(async () => {
    const enrolment = await read(api, id);
    setShown((before) => before && { ...before, enrolment });
    setTrouble(null);
  }, [api, id]);
  useEffect(() => {
    if (!isOpen) return;
    const timer = setInterval(() => void look().catch(fail), ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isOpen, look, fail]);

  return {
    shown,
    trouble,
    again: () => setId(newId()),
    withdraw: () => {
      const revoking = api.call<"deleteEnrolment">({ method: "DELETE", path: path`/v1/enrolments/${id}` });
      // Refused when a phone was faster: then that is what is shown.
      void revoking.catch(() => undefined).then(look).catch(fail);
    },
  };
}

async function make(api: ApiClient, technicianId: string, id: string): Promise<ShownCode> {
  const { body } = await api.call<"createEnrolment">({
    method: "POST",
    path: path`/v1/users/${technicianId}/enrolments`,
    json: { id },
  });
  const url = new URL(body.url, location.origin).href;
  const { qrPicture } = await import("./qr");
  return { enrolment: body, url, qr: qrPicture(url) };
}

async function read(api: ApiClient, id: string): Promise<Schema<"Enrolment">> {
  const { body } = await api.call<"getEnrolment">({ method: "GET", path: path`/v1/enrolments/${id}` });
  return body;
}
