import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import { t } from "../../shared/i18n/i18n";
import { Field } from "../../shared/ui/field";
import { momentAt, ownZone } from "../moments";
import { api } from "../session";
import { FormDialog } from "../ui/form_dialog";
import { retention as words } from "../words/retention";
import type { VisitFile } from "./file";

interface Properties {
  file: VisitFile;
  onDone: () => void;
}

/** Asks for the reason; with one there already, for another. */
export function HoldButton({ file, onDone }: Properties) {
  const [isAsking, setAsking] = useState(false);
  if (file.hold) return null;
  return (
    <>
      <button type="button" class="button desk-quiet-button" onClick={() => setAsking(true)}>
        {t(words.holdThis)}
      </button>
      {isAsking && <HoldDialog file={file} onClose={() => setAsking(false)} onDone={onDone} />}
    </>
  );
}

/** By whom the visit is held, since when and why; nothing where it is not. */
export function Held({ file, mayHold, onDone }: Properties & { mayHold: boolean }) {
  const [asked, setAsked] = useState<"reason" | "release" | null>(null);
  const { hold, visit } = file;
  if (!hold) return null;
  const close = () => setAsked(null);
  return (
    <section class="banner banner-info visits-held" aria-label={t(words.heldVisit)}>
      <p>
        <strong>{t(words.heldVisit)}</strong> <span>{t(words.heldSince, { name: hold.held_by.name, time: momentAt(hold.held_at, ownZone()) })}</span>
      </p>
      <p>{hold.reason}</p>
      {mayHold && (
        <div class="row">
          <button type="button" class="button desk-quiet-button" onClick={() => setAsked("reason")}>
            {t(words.changeReason)}
          </button>
          <button type="button" class="button desk-quiet-button" onClick={() => setAsked("release")}>
            {t(words.release)}
          </button>
        </div>
      )}
      {asked === "reason" && <HoldDialog file={file} onClose={close} onDone={onDone} />}
      {asked === "release" && (
        <FormDialog
          title={t(words.releaseTitle, { site: hold.site })}
          action={t(words.release)}
          submit={async () => {
            await api.call<"releaseVisit">({ method: "DELETE", path: path`/v1/visits/${visit.id}/hold` });
            onDone();
          }}
          onClose={close}
        >
          {() => <p>{t(words.releaseExplained)}</p>}
        </FormDialog>
      )}
    </section>
  );
}

function HoldDialog({ file, onClose, onDone }: Properties & { onClose: () => void }) {
  const [reason, setReason] = useState(file.hold?.reason ?? "");
  const submit = async () => {
    await api.call<"holdVisit">({ method: "PUT", path: path`/v1/visits/${file.visit.id}/hold`, json: { reason: reason.trim() } });
    onDone();
  };
  return (
    <FormDialog title={t(words.holdThis)} submit={submit} onClose={onClose}>
      {(errorOf) => (
        <>
          <p>{t(words.holdExplained)}</p>
          <Field label={t(words.reason)} value={reason} onValue={setReason} error={errorOf("/reason")} lines={3} attributes={{ maxLength: 500 }} />
        </>
      )}
    </FormDialog>
  );
}
