import { useState } from "preact/hooks";
import type { Schema } from "../../shared/api/types";
import { CodeCard } from "../../shared/enrolment/code_card";
import type { Enrolling } from "../../shared/enrolment/use_enrolment";
import { t } from "../../shared/i18n/i18n";
import { Dialog } from "../../shared/ui/dialog";
import { Field } from "../../shared/ui/field";
import { failureText } from "../failure_text";
import { api } from "../session";
import { hrefTo, withQuery } from "../shell/route";
import type { PageProperties } from "../shell/page_properties";
import { Choice } from "../ui/choice";
import { type Column, DataTable } from "../ui/data_table";
import { ListEnd } from "../ui/list_end";
import { Toolbar } from "../ui/toolbar";
import { usePages } from "../ui/use_pages";
import { administration as words } from "../words/administration";
import { shell } from "../words/shell";
import { ActivityDialog, PasswordDialog, ROLES, UserDialog } from "./user_dialogs";
import { usePause } from "./use_pause";

type User = Schema<"User">;
type Question = "change" | "password" | "activity" | "code";

const enrolling: Enrolling = { api, failureText };

/** Who works here: an administrator changes them, a manager lets technicians' phones in. */
export function UsersPart({ person, route }: PageProperties) {
  const { query } = route;
  const [asked, setAsked] = useState<{ question: Question; user: User | null } | null>(null);
  const [part, setPart] = usePause(query.get("q") ?? "", (value) => withQuery(route, "q", value));
  const pages = usePages<"listUsers">("/v1/users", {
    q: query.get("q")?.trim() || undefined,
    role: query.get("role") ?? undefined,
    disabled: query.get("disabled") ?? undefined,
  });
  const isAdministrator = person.user.role === "administrator";
  const ask = (question: Question, user: User | null) => setAsked({ question, user });
  return (
    <>
      <div class="administration-head">
        <Toolbar>
          <Field label={t(words.findPerson)} value={part} onValue={setPart} attributes={{ type: "search", maxLength: 100 }} />
          <Choice
            label={t(words.role)}
            all={t(shell.all)}
            options={ROLES.map((role) => ({ value: role, label: t(words[role]) }))}
            value={query.get("role") ?? ""}
            onValue={(value) => withQuery(route, "role", value)}
          />
          <Choice
            label={t(words.state)}
            all={t(shell.all)}
            options={[{ value: "false", label: t(words.active) }, { value: "true", label: t(words.deactivated) }]}
            value={query.get("disabled") ?? ""}
            onValue={(value) => withQuery(route, "disabled", value)}
          />
        </Toolbar>
        {isAdministrator && (
          <button type="button" class="button button-primary" onClick={() => ask("change", null)}>
            {t(words.addPerson)}
          </button>
        )}
      </div>
      <DataTable
        caption={t(words.users)}
        columns={columnsFor(isAdministrator, person.user.id, ask)}
        rows={pages.rows}
        keyOf={(user) => user.id}
        empty={pages.isLoading ? "" : t(words.noPeople)}
      />
      <ListEnd {...pages} />
      {asked && (
        <Asked
          {...asked}
          language={person.organisation.language}
          onClose={() => setAsked(null)}
          onDone={pages.reload}
        />
      )}
    </>
  );
}

function columnsFor(isAdministrator: boolean, ownId: string, ask: (question: Question, user: User) => void): Column<User>[] {
  return [
    { name: t(words.name), cell: (user) => user.name },
    { name: t(words.logIn), cell: (user) => user.log_in },
    { name: t(words.role), cell: (user) => t(words[user.role]) },
    { name: t(words.language), cell: (user) => t(words[user.language]) },
    { name: t(words.phone), cell: (user) => user.phone ?? "" },
    { name: t(words.team), cell: (user) => user.team ?? "" },
    {
      name: t(words.state),
      cell: (user) => (user.disabled_at ? <span class="tag tag-warn">{t(words.deactivated)}</span> : t(words.active)),
    },
    {
      name: t(words.actions),
      cell: (user) => <Actions user={user} isAdministrator={isAdministrator} isOwn={user.id === ownId} ask={ask} />,
    },
  ];
}

interface ActionsProperties {
  user: User;
  isAdministrator: boolean;
  isOwn: boolean;
  ask: (question: Question, user: User) => void;
}

function Actions({ user, isAdministrator, isOwn, ask }: ActionsProperties) {
  const isActive = user.disabled_at === null;
  return (
    <div class="administration-actions">
      {isAdministrator && <Action name={t(words.change)} user={user} onClick={() => ask("change", user)} />}
      {isAdministrator && <Action name={t(words.setPassword)} user={user} onClick={() => ask("password", user)} />}
      {isAdministrator && !isOwn && (
        <Action name={t(isActive ? words.deactivate : words.reactivate)} user={user} onClick={() => ask("activity", user)} />
      )}
      {user.role === "technician" && isActive && <Action name={t(words.code)} user={user} onClick={() => ask("code", user)} />}
      <a class="button" href={hrefTo("administration", ["devices"], { user_id: user.id })} aria-label={`${t(words.phonesOf)}, ${user.name}`}>
        {t(words.phonesOf)}
      </a>
    </div>
  );
}

function Action({ name, user, onClick }: { name: string; user: User; onClick: () => void }) {
  return (
    <button type="button" class="button" aria-label={`${name}, ${user.name}`} onClick={onClick}>
      {name}
    </button>
  );
}

interface AskedProperties {
  question: Question;
  user: User | null;
  language: Schema<"Language">;
  onClose: () => void;
  onDone: () => void;
}

function Asked({ question, user, language, onClose, onDone }: AskedProperties) {
  if (question === "change" || !user) return <UserDialog user={user} language={language} onClose={onClose} onDone={onDone} />;
  if (question === "password") return <PasswordDialog user={user} onClose={onClose} onDone={onDone} />;
  if (question === "activity") return <ActivityDialog user={user} onClose={onClose} onDone={onDone} />;
  return (
    <Dialog title={t(words.codeTitle)} onClose={onClose}>
      <CodeCard technician={user} enrolling={enrolling} backLabel={t(words.close)} onBack={onClose} />
    </Dialog>
  );
}
