import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { ApiProblem } from "../../shared/api/problem";
import { t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { Dialog } from "../../shared/ui/dialog";
import { failureText } from "../failure_text";
import { shell as words } from "../words/shell";

/** What the server said of single fields, by JSON pointer: errorOf("/name"). */
export type FieldErrors = (pointer: string) => string | null;

interface FormProperties {
  /** What the button says; default: Save. */
  action?: string;
  isDanger?: boolean;
  /** Sends it; the form closes when it succeeds. @throws what the API client throws */
  submit: () => Promise<void>;
  onClose: () => void;
  /** The fields. Ask `errorOf` for what stands below each; what no field asked for stands above the button. */
  children: (errorOf: FieldErrors) => ComponentChildren;
}

/** A question with fields. A refusal stands at the fields it names, and nothing that was typed is lost. */
export function FormDialog({ title, ...form }: FormProperties & { title: string }) {
  return (
    <Dialog title={title} onClose={form.onClose}>
      <Form {...form} />
    </Dialog>
  );
}

/** The same as a part of a page. */
export function Form({ action, isDanger, submit, onClose, children }: FormProperties) {
  const [failure, setFailure] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  /** What the fields that are drawn ask for; a field in a component of its own asks after this one is drawn. */
  const asked = useRef(new Set<string>());
  const send = async (event: Event) => {
    event.preventDefault();
    asked.current.clear();
    setBusy(true);
    setFailure(null);
    try {
      await submit();
      onClose();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  const errors = failure instanceof ApiProblem ? failure.problem.errors : [];
  const fields = children((pointer) => {
    asked.current.add(pointer);
    return errors.find((error) => error.pointer === pointer)?.detail ?? null;
  });
  const others = errors.filter(({ pointer }) => !asked.current.has(pointer));
  return (
    <form class="stack" onSubmit={(event) => void send(event)} noValidate>
      {fields}
      {failure !== null && (errors.length === 0 || others.length > 0) && (
        <Banner tone="fail">
          {errors.length === 0 ? failureText(failure) : others.map(({ pointer, detail }) => <p key={pointer}>{detail}</p>)}
        </Banner>
      )}
      <div class="row">
        <button type="submit" class={`button ${isDanger ? "button-danger" : "button-primary"}`} disabled={isBusy}>
          {action ?? t(words.save)}
        </button>
        <button type="button" class="button" onClick={onClose}>
          {t(words.cancel)}
        </button>
      </div>
    </form>
  );
}
