"""Check-ins without a photo a second, against pgbench inserting the same rows."""

import os
import re
import resource
import subprocess

from ground import Ground, percent, say, spread

PAIRS = int(os.environ.get("BENCH_PAIRS", "5"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "6"))
CLIENTS = 8

# What the server wrote for one check-in, as two INSERTs: every value is the server's own, but for the
# ids and the place, which are fresh in each transaction.
AS_INSERTS = r"""
SELECT format('INSERT INTO visit (%s) VALUES (%s);',
              (SELECT string_agg(quote_ident(key), ', ' ORDER BY key) FROM jsonb_each_text(v.row)),
              (SELECT string_agg(CASE key WHEN 'id' THEN 'md5(:visit::text)::uuid'
                                          WHEN 'created_at' THEN 'now()' WHEN 'updated_at' THEN 'now()'
                                          WHEN 'first_seen_at' THEN 'now()' WHEN 'arrived_at' THEN 'now()'
                                          WHEN 'finding_codes' THEN quote_literal(v.codes)
                                          ELSE quote_nullable(value) END, ', ' ORDER BY key)
               FROM jsonb_each_text(v.row)))
       || E'\n' ||
       format('INSERT INTO check_in (%s) VALUES (%s);',
              (SELECT string_agg(quote_ident(key), ', ' ORDER BY key) FROM jsonb_each_text(c.row)),
              (SELECT string_agg(CASE key WHEN 'id' THEN 'md5(:check_in::text)::uuid'
                                          WHEN 'visit_id' THEN 'md5(:visit::text)::uuid'
                                          WHEN 'captured_at' THEN 'now()' WHEN 'sent_at' THEN 'now()'
                                          WHEN 'received_at' THEN 'now()'
                                          WHEN 'latitude_deg' THEN value || ' + :digits / 1e10'
                                          WHEN 'longitude_deg' THEN value || ' + :digits / 1e10'
                                          WHEN 'finding_codes' THEN quote_literal(c.codes)
                                          ELSE quote_nullable(value) END, ', ' ORDER BY key)
               FROM jsonb_each_text(c.row)))
FROM (SELECT to_jsonb(check_in) AS row, finding_codes::text AS codes, id, visit_id, user_id FROM check_in
      WHERE user_id = '{technician}' LIMIT 1) c
JOIN (SELECT to_jsonb(visit) AS row, finding_codes::text AS codes, id FROM visit) v ON v.id = c.visit_id
"""

# Inside a pipeline everything travels in one round trip. pgbench 15 cannot prepare a script's statements
# while a pipeline is open, so a first statement ahead of it makes it prepare them, once.
WARM_UP = """\\if :is_new_{number}
SELECT 1;
\\set is_new_{number} 0
\\endif
"""
SCRIPT = """{warm_up}\\set visit random(1, 9000000000000000)
\\set check_in random(1, 9000000000000000)
\\set digits random(0, 999999)
{start}BEGIN;
SET LOCAL app.org_id = '{organisation}';
{inserts}
COMMIT;
{end}"""


def write_scripts(ground):
    """One script a technician, as the server wrote their check-ins; both ways to send it."""
    scripts = {"pipelined": [], "one by one": []}
    for number, technician in enumerate(ground.technicians):
        inserts = "\n".join(
            line for row in ground.postgres.query(AS_INSERTS.format(technician=technician.id)) for line in row
        )
        assert inserts.count("INSERT") == 2, inserts
        for name, warm_up, start, end in (
            ("pipelined", WARM_UP.format(number=number), "\\startpipeline\n", "\\endpipeline\n"),
            ("one by one", "", "", ""),
        ):
            path = ground.folder / f"{name.replace(' ', '-')}-{number}.sql"
            path.write_text(SCRIPT.format(warm_up=warm_up, start=start, end=end, inserts=inserts,
                                          organisation=ground.organisation.id))
            scripts[name].append(path)
    return scripts


def pgbench_round(ground, paths):
    """Transactions a second, and what one costs in processor time, in PostgreSQL and in pgbench."""
    url = ground.postgres.environment()["FIELDPROOF_DATABASE_URL"]
    files = [word for number, path in enumerate(paths) for word in ("-D", f"is_new_{number}=1", "-f", str(path))]
    command = ["/usr/lib/postgresql/15/bin/pgbench", "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "1",
               "-T", f"{SECONDS:.0f}", *files, url]
    before = ground.cpu_seconds() + children_seconds()
    result = subprocess.run(command, check=False, capture_output=True, text=True)
    output = result.stdout
    assert result.returncode == 0 and "number of failed transactions: 0" in output, output + result.stderr
    cpu_s = ground.cpu_seconds() + children_seconds() - before
    count = int(re.search(r"transactions actually processed: (\d+)", output).group(1))
    return {"per_s": float(re.search(r"tps = ([\d.]+)", output).group(1)), "cpu_ms": cpu_s / count * 1000}


def children_seconds():
    """Processor time of the programs that this one has run to their end."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def rates_of(figures):
    return "/".join(f"{value:.0f}" for value in spread([figure["per_s"] for figure in figures]))


def run():
    with Ground("check-in") as ground:
        requests = ground.plain_requests()
        say(f"Check-ins without a photo: {CLIENTS} clients, {len(requests)} technicians at {len(ground.sites)} sites, "
            f"rounds of {SECONDS:g} s")
        ground.warm_up(requests, CLIENTS)
        verdicts = ground.postgres.query("SELECT verdict, count(*) FROM check_in GROUP BY 1 ORDER BY 2 DESC")
        say(f"  verdicts: {', '.join(': '.join(row) for row in verdicts)}")
        scripts = write_scripts(ground)
        rounds = []
        for _ in range(PAIRS):
            figures = ground.load(requests, CLIENTS, SECONDS)
            rates = {name: pgbench_round(ground, paths) for name, paths in scripts.items()}
            rounds.append((figures, rates))
            say(f"  server {figures['per_s']:.0f}/s, p50 {figures['p50_ms']:.2f} ms, p99 {figures['p99_ms']:.2f} ms, "
                f"CPU {figures['cpu_ms']:.2f} ms each; pgbench "
                + ", ".join(f"{name} {rate['per_s']:.0f}/s ({figures['per_s'] / rate['per_s']:.0%}), "
                            f"CPU {rate['cpu_ms']:.2f} ms" for name, rate in rates.items())
                + f"; load {os.getloadavg()[0]:.1f}")
        say(f"  server: min/median/max {rates_of([pair[0] for pair in rounds])} a second")
        for name in scripts:
            say(f"  pgbench {name}: min/median/max {rates_of([pair[1][name] for pair in rounds])} a second; "
                f"server / pgbench: {percent([pair[0]['per_s'] / pair[1][name]['per_s'] for pair in rounds])}; "
                f"CPU, pgbench / server: {percent([pair[1][name]['cpu_ms'] / pair[0]['cpu_ms'] for pair in rounds])}")
        say("  wanted: 50%")
