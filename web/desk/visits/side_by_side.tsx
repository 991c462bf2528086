import type { ComponentChildren } from "preact";
import { readDocument, type SheetDocument } from "../../phone/sheet/document";
import { t } from "../../shared/i18n/i18n";
import { roles } from "../../shared/words/roles";
import { momentAt } from "../moments";
import { sheetWords as words, timelineWords } from "../words/visits";
import type { Sheet } from "./file";
import { BLOCKS, contentLines, type Row, rowsOf } from "./sheet_changes";

interface Properties {
  /** Signed, and never changed. */
  before: Sheet;
  /** What corrects it. */
  after: Sheet;
  zone: string;
}

/** Two versions of a sheet, line beside line; what only one of them says is marked. */
export function SideBySide({ before, after, zone }: Properties) {
  const documents = [readDocument(before.document), readDocument(after.document)] as const;
  const [left, right] = documents.map((document) => evidenceLines(document, zone)) as [string[], string[]];
  const blocks = [
    ...BLOCKS.map((block) => ({ name: t(words[block]), rows: rowsOf(contentLines(before.content, block), contentLines(after.content, block)) })),
    { name: t(words.evidence), rows: rowsOf(left, right) },
  ];
  return (
    <table class="visits-versions" aria-label={t(words.sideBySide, { before: before.version, after: after.version })}>
      <thead>
        <tr>
          {[before, after].map((sheet) => (
            <th key={sheet.version} scope="col">
              <Head sheet={sheet} zone={zone} />
            </th>
          ))}
        </tr>
      </thead>
      {blocks
        .filter(({ rows }) => rows.length > 0)
        .map(({ name, rows }) => (
          <tbody key={name}>
            <tr>
              <th colSpan={2} scope="rowgroup">
                {name}
              </th>
            </tr>
            {rows.map((row, i) => (
              <Line key={i} row={row} />
            ))}
          </tbody>
        ))}
    </table>
  );
}

function Head({ sheet, zone }: { sheet: Sheet; zone: string }) {
  const { version, signature, document_sha256 } = sheet;
  return (
    <>
      <p>{t(words.version, { version })}</p>
      <p class="small quiet">
        {signature
          ? t(words.signedBy, { name: signature.signer_name, time: momentAt(signature.signed_at, zone) })
          : t(words.unsignedShort)}
      </p>
      {signature && (
        <p class="small quiet hash" title={t(words.digest)}>
          {document_sha256}
        </p>
      )}
    </>
  );
}

function Line({ row: { before, after } }: { row: Row }) {
  const isSame = before === after;
  return (
    <tr>
      <Cell>{before !== null && (isSame ? before : <del>{before}</del>)}</Cell>
      <Cell>{after !== null && (isSame ? after : <ins>{after}</ins>)}</Cell>
    </tr>
  );
}

const Cell = ({ children }: { children: ComponentChildren }) => <td>{children}</td>;

/** What was captured, a line each: the signature binds it, too. */
function evidenceLines({ check_ins, scans, photos }: SheetDocument, zone: string): string[] {
  return [
    ...check_ins.map(({ kind, captured_at }) => `${t(timelineWords[kind])}, ${momentAt(captured_at, zone)}`),
    ...scans.map(({ value, captured_at }) => `${t(timelineWords.scan, { value })}, ${momentAt(captured_at, zone)}`),
    ...photos.map(
      ({ role, captured_at, sha256 }) =>
        `${t(timelineWords.ofPhoto, { role: t(roles[role]) })}, ${momentAt(captured_at, zone)}${sha256 ? ` (${sha256.slice(0, 8)}…)` : ""}`,
    ),
  ];
}
