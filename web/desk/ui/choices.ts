/** What lists are narrowed to is chosen out of what there is. Pure. */
export interface Option {
  readonly value: string;
  readonly label: string;
}

/** The choices, and the one that the address names if it is not among them. */
export function withNamed(options: readonly Option[], named: string | null, known?: Option): readonly Option[] {
  if (!named || options.some(({ value }) => value === named)) return options;
  return [...options, known?.value === named ? known : { value: named, label: "…" }];
}

export const namedOptions = (list: readonly { id: string; name: string }[]): readonly Option[] =>
  list.map(({ id, name }) => ({ value: id, label: name }));

/** The teams that these people are of, by name; and the one that the address names. */
export function teamOptions(people: readonly { team: string | null }[], named: string | null): readonly Option[] {
  const teams = new Set(people.flatMap(({ team }) => (team === null ? [] : [team])));
  if (named) teams.add(named);
  return [...teams].sort((one, other) => one.localeCompare(other)).map((team) => ({ value: team, label: team }));
}
