import type { ComponentType } from "preact";
import { t, type Word } from "../../shared/i18n/i18n";
import type { PageProperties, Role } from "../shell/page_properties";
import { hrefTo } from "../shell/route";
import { Page } from "../ui/page";
import { administration as words } from "../words/administration";
import "./administration.css";
import { DevicesPart } from "./devices_part";
import { PolicyPart } from "./policy_part";
import { RetentionPart } from "./retention_part";
import { TrailPart } from "./trail_part";
import { UsersPart } from "./users_part";

interface Part {
  readonly id: string;
  readonly label: Word;
  readonly view: ComponentType<PageProperties>;
  readonly roles: readonly Role[];
}

const BOTH: readonly Role[] = ["manager", "administrator"];

/** The first one is shown when the address names none. */
const PARTS: readonly Part[] = [
  { id: "users", label: words.users, view: UsersPart, roles: BOTH },
  { id: "devices", label: words.devices, view: DevicesPart, roles: BOTH },
  { id: "policy", label: words.policy, view: PolicyPart, roles: BOTH },
  { id: "retention", label: words.retention, view: RetentionPart, roles: BOTH },
  { id: "trail", label: words.trail, view: TrailPart, roles: BOTH },
];

/** People, phones, rules, and who did what. */
export default function AdministrationPage({ person, route }: PageProperties) {
  const parts = PARTS.filter(({ roles }) => roles.includes(person.user.role));
  const part = parts.find(({ id }) => id === route.parts[0]) ?? parts[0];
  if (!part) return null;
  const View = part.view;
  return (
    <Page title={t(words.title)}>
      <nav class="section-parts" aria-label={t(words.parts)}>
        {parts.map(({ id, label }) => (
          <a key={id} href={hrefTo("administration", [id])} aria-current={id === part.id ? "page" : undefined}>
            {t(label)}
          </a>
        ))}
      </nav>
      <View key={part.id} person={person} route={route} />
    </Page>
  );
}
