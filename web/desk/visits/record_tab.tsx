import { path } from "../../shared/api/client";
import { t } from "../../shared/i18n/i18n";
import { roles } from "../../shared/words/roles";
import { momentAt } from "../moments";
import { DataTable } from "../ui/data_table";
import { ListEnd } from "../ui/list_end";
import { usePages } from "../ui/use_pages";
import { visits as words } from "../words/visits";
import { photosOf, type VisitFile } from "./file";

/** Who looked at the evidence, the newest look first. */
export function RecordTab({ file }: { file: VisitFile }) {
  const { visit } = file;
  const pages = usePages<"listEvidenceViews">(path`/v1/visits/${visit.id}/views`);
  const role = new Map(photosOf(file).map((photo) => [photo.id, t(roles[photo.role])]));
  const what = (photoId: string | null) =>
    photoId === null ? t(words.lookedVisit) : t(words.lookedPhoto, { role: role.get(photoId) ?? photoId });
  return (
    <>
      {(pages.rows.length > 0 || !pages.isLoading) && (
        <DataTable
          caption={t(words.record)}
          columns={[
            { name: t(words.lookedBy), cell: ({ user }) => user.name },
            { name: t(words.lookedAt), cell: ({ viewed_at }) => momentAt(viewed_at, visit.site.time_zone) },
            { name: t(words.lookedWhat), cell: ({ photo_id }) => what(photo_id) },
          ]}
          rows={pages.rows}
          keyOf={({ id }) => id}
          empty={t(words.lookedNone)}
        />
      )}
      <ListEnd {...pages} />
    </>
  );
}
