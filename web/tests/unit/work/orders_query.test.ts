// The list's filters, from the address to the server.
import { expect, test } from "vitest";
import { queryOf } from "../../../desk/work/orders_query";

const query = (text: string) => {
  const all = queryOf(new URLSearchParams(text), "Europe/Berlin");
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
};

test("what is open, as planned, unless the address says otherwise", () => {
  expect(query("")).toEqual({ open: "true", sort: "planned" });
  expect(query("which=nonsense&from=yesterday")).toEqual({ open: "true", sort: "planned" });
  expect(query("which=all&sort=newest")).toEqual({ sort: "newest" });
  expect(query("which=overdue&technician=t&site=s&customer=c&state=new&q=%20a%20")).toEqual({
    overdue: "true", assignee_id: "t", site_id: "s", customer_id: "c", state: "new", q: "a", sort: "planned",
  });
});

test("days begin and end with the organisation's, the night of the changed clock included", () => {
  expect(query("which=finished&from=2027-03-28&to=2027-03-28")).toEqual({
    open: "false", sort: "planned", from: "2027-03-27T23:00:00.000Z", to: "2027-03-28T22:00:00.000Z",
  });
});
