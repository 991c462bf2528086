import type { ComponentChildren } from "preact";
import { t } from "../../shared/i18n/i18n";
import { shell as words } from "../words/shell";

export interface Column<Row> {
  readonly name: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Numbers stand at the right, digits below each other. */
  readonly isNumber?: boolean;
  /** Words of it are never cut: times, states. */
  readonly isWhole?: boolean;
}

const classOf = ({ isNumber, isWhole }: { isNumber?: boolean; isWhole?: boolean }) =>
  isNumber ? "desk-number" : isWhole ? "desk-whole" : undefined;

interface Properties<Row> {
  /** What the table holds, for those who do not see it. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** Where the first cell leads; null: nowhere. */
  hrefOf?: (row: Row) => string | null;
  /** What to say when there are no rows. */
  empty?: string;
}

/** A table; on a phone each row is a card that names its cells. The first column is the row's heading. */
export function DataTable<Row>({ caption, columns, rows, keyOf, hrefOf, empty }: Properties<Row>) {
  if (rows.length === 0) return <p class="desk-empty">{empty ?? t(words.nothing)}</p>;
  return (
    <div class="desk-table-frame" role="region" aria-label={caption} tabIndex={0}>
      <table class="desk-table">
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, isNumber }) => (
              <th key={name} scope="col" class={isNumber ? "desk-number" : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <TableRow key={keyOf(row)} row={row} columns={columns} href={hrefOf?.(row) ?? null} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TableRow<Row>({ row, columns, href }: { row: Row; columns: readonly Column<Row>[]; href: string | null }) {
  const [first, ...others] = columns;
  if (!first) return null;
  return (
    <tr>
      <th scope="row">{href === null ? first.cell(row) : <a href={href}>{first.cell(row)}</a>}</th>
      {others.map(({ name, cell, ...kind }) => (
        <td key={name} data-name={name} class={classOf(kind)}>
          {cell(row)}
        </td>
      ))}
    </tr>
  );
}
