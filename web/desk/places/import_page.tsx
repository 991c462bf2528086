import { useRef, useState } from "preact/hooks";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { failureText } from "../failure_text";
import { api } from "../session";
import { goTo, type Route } from "../shell/route";
import { Choice } from "../ui/choice";
import { type Column, DataTable } from "../ui/data_table";
import { Page } from "../ui/page";
import { imports as words } from "../words/import";
import { places } from "../words/places";
import { type ImportKind, PLACE_KINDS, templateOf } from "./import_template";
import { SECTION, Tabs } from "./tabs";

type Report = Schema<"ImportReport">;
type Refusal = Report["refused"][number];
/** Both counts of one file; the second once it was really imported. */
interface Outcome {
  readonly file: File;
  readonly report: Report;
  readonly isReal: boolean;
}

/** A list of thousands helps nobody: the file is mended and checked again. */
const REFUSALS_SHOWN = 200;

/** The rows of a spreadsheet, checked before they are imported. */
export function ImportPage({ route, kind }: { route: Route; kind: string }) {
  const chosen = PLACE_KINDS.find((known) => known === kind) ?? "customers";
  const options = PLACE_KINDS.map((value) => ({ value, label: t(places[value]) }));
  return (
    <Page title={t(words.title)}>
      <Tabs route={route} />
      <div class="stack places-import">
        <Choice label={t(words.kind)} options={options} value={chosen} onValue={(value) => goTo(SECTION, ["import", value])} />
        <Import key={chosen} kind={chosen} />
      </div>
    </Page>
  );
}

/** Checks a file, shows what is wrong with which row, and imports what is right. */
export function Import({ kind }: { kind: ImportKind }) {
  const [file, setFile] = useState<File | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const send = async (sent: File, isReal: boolean) => {
    setBusy(true);
    setFailure(null);
    try {
      // Read once: the same bytes are checked and imported, also when the file is saved anew meanwhile.
      const request = { method: "POST", path: `/v1/imports/${kind}`, content: { type: "text/csv", body: sent }, timeoutMs: 120_000 } as const;
      const { body } = await api.call<"importCustomers" | "importSites" | "importAssets" | "importWorkOrders">({ ...request, query: isReal ? {} : { dry_run: "true" } });
      setOutcome({ file: sent, report: body, isReal });
    } catch (error) {
      setOutcome(null);
      setFailure(failureText(error));
    }
    setBusy(false);
  };
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setOutcome(null);
    setFailure(null);
  };
  const checked = outcome && !outcome.isReal && outcome.file === file ? outcome.report : null;
  return (
    <>
      <FileField onFile={choose} />
      <p>
        <button type="button" class="button desk-quiet-button" onClick={() => saveTemplate(kind)}>
          {t(words.template)}
        </button>
      </p>
      <div class="row">
        <button type="button" class="button" disabled={!file || isBusy} onClick={() => file && void send(file, false)}>
          {t(words.check)}
        </button>
        <button
          type="button"
          class="button button-primary"
          disabled={!checked || checked.imported === 0 || isBusy}
          onClick={() => file && void send(file, true)}
        >
          {t(words.run, { count: checked?.imported ?? 0 })}
        </button>
      </div>
      {failure && <Banner tone="fail">{failure}</Banner>}
      {outcome && <Result outcome={outcome} />}
    </>
  );
}

function FileField({ onFile }: { onFile: (file: File | null) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div class="field">
      <label class="field-label" for="import-file">
        {t(words.file)}
      </label>
      <input
        ref={input}
        id="import-file"
        type="file"
        class="field-box"
        accept=".csv,text/csv"
        aria-describedby="import-file-hint"
        onChange={() => onFile(input.current?.files?.[0] ?? null)}
      />
      <p class="field-hint" id="import-file-hint">
        {t(words.fileHint)}
      </p>
    </div>
  );
}

function Result({ outcome: { report, isReal } }: { outcome: Outcome }) {
  const refused = new Set(report.refused.map(({ row }) => row)).size;
  const columns: readonly Column<Refusal>[] = [
    { name: t(words.row), cell: ({ row }) => row },
    { name: t(words.column), cell: ({ column }) => column ?? t(words.wholeRow) },
    { name: t(words.reason), cell: ({ detail }) => detail },
  ];
  const hidden = report.refused.length - REFUSALS_SHOWN;
  return (
    <section class="places-part">
      <Banner tone={refused > 0 ? "warn" : "good"}>
        {t(isReal ? words.imported : words.checked, { rows: report.rows, imported: report.imported, unchanged: report.unchanged, refused })}
      </Banner>
      {refused > 0 && <h2>{t(words.refused)}</h2>}
      <DataTable
        caption={t(words.refused)}
        columns={columns}
        rows={report.refused.slice(0, REFUSALS_SHOWN)}
        keyOf={({ row, column, rule }) => `${row} ${column} ${rule}`}
        empty={t(words.noneRefused)}
      />
      {hidden > 0 && <p class="quiet">{t(words.more, { count: hidden })}</p>}
    </section>
  );
}

function saveTemplate(kind: ImportKind): void {
  const address = URL.createObjectURL(new Blob([templateOf(kind)], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${kind}.csv`;
  link.click();
  URL.revokeObjectURL(address);
}
