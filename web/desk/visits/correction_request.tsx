import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { Field } from "../../shared/ui/field";
import { momentAt } from "../moments";
import { api } from "../session";
import { FormDialog } from "../ui/form_dialog";
import { correctionWords as words } from "../words/corrections";
import type { VisitFile } from "./file";

type Correction = Schema<"Correction">;
type Block = Schema<"SheetBlock">;

const BLOCKS: readonly Block[] = ["open_before", "done", "left_open", "parts", "evidence", "signature"];

/** The correction that waits for the technician, if there is one. */
export const openCorrection = ({ corrections }: VisitFile): Correction | undefined =>
  corrections.find(({ answered_at, withdrawn_at }) => answered_at === null && withdrawn_at === null);

/** "Parts, signature" */
export const blockNames = (blocks: readonly Block[]): string => blocks.map((block) => t(words[block])).join(t(words.comma));

interface Properties {
  file: VisitFile;
  mayAsk: boolean;
  onDone: () => void;
}

/** Asking for a correction of what is signed, and what became of it. */
export function CorrectionRequest({ file, mayAsk, onDone }: Properties) {
  const [dialog, setDialog] = useState<"ask" | "withdraw" | null>(null);
  const waiting = openCorrection(file);
  const version = file.sheets.find(({ state }) => state === "signed")?.version;
  if (version === undefined) return null;
  const close = () => setDialog(null);
  return (
    <section class="card stack">
      <h2>{t(words.title)}</h2>
      {waiting ? (
        <Waiting correction={waiting} zone={file.visit.site.time_zone} />
      ) : (
        <p class="small quiet">{t(words.howItGoes)}</p>
      )}
      {mayAsk && (
        <div class="row">
          {waiting ? (
            <button type="button" class="button" onClick={() => setDialog("withdraw")}>
              {t(words.withdraw)}
            </button>
          ) : (
            <button type="button" class="button" onClick={() => setDialog("ask")}>
              {t(words.ask)}
            </button>
          )}
        </div>
      )}
      {dialog === "ask" && <AskDialog visitId={file.visit.id} version={version} onDone={onDone} onClose={close} />}
      {dialog === "withdraw" && waiting && <WithdrawDialog correction={waiting} onDone={onDone} onClose={close} />}
    </section>
  );
}

function Waiting({ correction, zone }: { correction: Correction; zone: string }) {
  const { requested_by, requested_at, blocks, reason, technician } = correction;
  return (
    <Banner tone="warn">
      <p>
        <strong>{t(words.waiting, { name: technician.name })}</strong>
      </p>
      <p>{t(words.wrong, { blocks: blockNames(blocks) })}</p>
      <blockquote class="visits-quote">{reason}</blockquote>
      <p class="small quiet">{t(words.askedBy, { name: requested_by.name, time: momentAt(requested_at, zone) })}</p>
    </Banner>
  );
}

interface AskProperties {
  visitId: string;
  /** The signed version that the manager sees. */
  version: number;
  onDone: () => void;
  onClose: () => void;
}

function AskDialog({ visitId, version, onDone, onClose }: AskProperties) {
  const [id] = useState(() => crypto.randomUUID()); // one for all attempts
  const [blocks, setBlocks] = useState<Block[]>([]);
  const [reason, setReason] = useState("");
  const turn = (block: Block, isOn: boolean) =>
    setBlocks(BLOCKS.filter((each) => (each === block ? isOn : blocks.includes(each))));
  const submit = async () => {
    const json = { id, sheet_version: version, blocks, reason: reason.trim() };
    await api.call<"requestCorrection">({ method: "POST", path: path`/v1/visits/${visitId}/corrections`, json });
    onDone();
  };
  return (
    <FormDialog title={t(words.ask)} action={t(words.send)} submit={submit} onClose={onClose}>
      {(errorOf) => {
        const blocksError = errorOf("/blocks");
        return (
          <>
            <p class="quiet">{t(words.askHint, { version })}</p>
            <fieldset class="visits-blocks">
              <legend class="field-label">{t(words.where)}</legend>
              {BLOCKS.map((block) => (
                <label key={block}>
                  <input type="checkbox" checked={blocks.includes(block)} onChange={(event) => turn(block, event.currentTarget.checked)} />
                  {t(words[block])}
                </label>
              ))}
              {blocksError && (
                <p class="field-error" role="alert">
                  {t(words.whereMissing)}
                </p>
              )}
            </fieldset>
            <Field
              label={t(words.reason)}
              hint={t(words.reasonHint)}
              lines={4}
              value={reason}
              onValue={setReason}
              error={errorOf("/reason") && t(words.reasonMissing)}
              attributes={{ maxLength: 2000 }}
            />
          </>
        );
      }}
    </FormDialog>
  );
}

function WithdrawDialog({ correction, onDone, onClose }: { correction: Correction; onDone: () => void; onClose: () => void }) {
  const submit = async () => {
    await api.call<"withdrawCorrection">({ method: "DELETE", path: path`/v1/corrections/${correction.id}` });
    onDone();
  };
  return (
    <FormDialog title={t(words.withdraw)} action={t(words.withdraw)} submit={submit} onClose={onClose}>
      {() => <p>{t(words.withdrawHint, { name: correction.technician.name })}</p>}
    </FormDialog>
  );
}
