import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { desk } from "../words/desk";

interface Properties {
  title: string;
  /** Beside the title: a count, a state. */
  status?: ComponentChildren;
  /** At the end of the title's line. */
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** The frame of a section's page. */
export function Page({ title, status, actions, children }: Properties) {
  useTitle(title);
  return (
    <main class="desk-page" id="content" tabIndex={-1}>
      <PageHeader title={title} status={status} actions={actions} />
      {children}
    </main>
  );
}

export function PageHeader({ title, status, actions }: Omit<Properties, "children">) {
  return (
    <header class="desk-header">
      <h1>{title}</h1>
      {status !== undefined && (
        <p class="quiet" role="status">
          {status}
        </p>
      )}
      {actions && <div class="row desk-header-end">{actions}</div>}
    </header>
  );
}

/** The window's title: the page, then the desk. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – ${t(desk.title)}`;
  }, [title]);
}
