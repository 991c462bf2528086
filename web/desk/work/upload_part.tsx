import { Import } from "../places/import_page";

/** Work orders out of a spreadsheet, checked before anything is written. */
export function UploadPart() {
  return (
    <div class="stack">
      <Import kind="work-orders" />
    </div>
  );
}
