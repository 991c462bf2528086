/** A UUID (version 4). Unlike crypto.randomUUID() also in browsers of before 2021, and where the address is not https. */
export function newId(): string {
  const random = crypto.getRandomValues(new Uint8Array(31));
  let at = 0;
  // The y of the template has the variant in its two upper bits: 8 to b.
  return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g, (place) => {
    const digit = (random[at++] as number) & 15;
    return (place === "x" ? digit : (digit & 3) | 8).toString(16);
  });
}
