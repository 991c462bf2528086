import { t } from "../../shared/i18n/i18n";
import { api } from "../session";
import { FormDialog } from "../ui/form_dialog";
import { places as words } from "../words/places";

interface Properties {
  name: string;
  /** What is deleted. */
  path: string;
  onClose: () => void;
  onRemoved: () => void;
}

/** Asks before something goes for good. */
export function RemoveDialog({ name, path, onClose, onRemoved }: Properties) {
  const submit = async () => {
    await api.send({ method: "DELETE", path });
    onRemoved();
  };
  return (
    <FormDialog title={t(words.removeOf, { name })} action={t(words.remove)} isDanger submit={submit} onClose={onClose}>
      {() => <p>{t(words.removeSure)}</p>}
    </FormDialog>
  );
}
