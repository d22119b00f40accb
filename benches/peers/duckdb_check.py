"""The four questions of the benches in DuckDB: the same bulk table, the same list, two threads.

    python3 -m venv venv && venv/bin/pip install duckdb
    venv/bin/python benches/peers/duckdb_check.py SET OUT

SET is a folder that the generator wrote with --bulk; OUT becomes the list. Prints seconds (from start to written list), the
most memory held, the version, and whether the counts are those of expected.json. Values are integers in tenths.
"""

import json
import resource
import sys
import time
import tomllib
from pathlib import Path

import duckdb

VALUE = """
    CASE
        WHEN text LIKE '≥%' AND NOT higher THEN NULL
        WHEN text LIKE '≤%' AND higher THEN NULL
        WHEN regexp_full_match(text, '[≥≤]?-?[0-9]+([.][0-9])?')
        THEN CAST(CAST(ltrim(text, '≥≤') AS DECIMAL(18, 1)) * 10 AS BIGINT)
    END
"""

TABLES = f"""
CREATE MACRO edge(text, higher) AS {VALUE};
CREATE TABLE region AS
    SELECT code, parent FROM read_csv($regions, all_varchar = true);
CREATE TABLE target AS
    SELECT row_number() OVER () + 1 AS line, plan, region, field, CAST(period_from AS INT) AS period_from,
        CAST(period_to AS INT) AS period_to, csv.indicator, nature = 'binding' AS binding, csv.unit,
        CAST(target_year AS INT) AS year, higher, total,
        edge(baseline, higher) AS baseline, edge(target, higher) AS target
    FROM read_csv($table, all_varchar = true) AS csv JOIN indicator ON indicator.id = csv.indicator;
CREATE TABLE above AS
    WITH RECURSIVE above(code, superior) AS (
        SELECT code, parent FROM region WHERE parent IS NOT NULL
        UNION ALL
        SELECT above.code, region.parent FROM above JOIN region ON region.code = above.superior
        WHERE region.parent IS NOT NULL
    ) FROM above;
CREATE TABLE children AS
    SELECT parent, count(*) AS regions FROM region WHERE parent IS NOT NULL GROUP BY parent;
"""

QUESTIONS = """
    SELECT 'bench/weaker' AS rule, t.plan, t.indicator, t.year, s.plan AS superior, t.line, s.line AS other_line
    FROM target AS t JOIN above ON above.code = t.region
    JOIN target AS s ON s.region = above.superior AND s.indicator = t.indicator AND s.year <= t.year
        AND s.field = t.field AND s.period_from <= t.period_to AND t.period_from <= s.period_to
    WHERE NOT t.total AND CASE WHEN t.higher THEN t.target < s.target ELSE t.target > s.target END
UNION ALL
    SELECT 'bench/floor', plan, indicator, year, NULL, line, NULL FROM target
    WHERE binding AND unit = '%' AND target < 950
UNION ALL
    SELECT 'bench/back', plan, indicator, year, NULL, line, line FROM target
    WHERE CASE WHEN higher THEN target < baseline ELSE target > baseline END
UNION ALL
    SELECT 'bench/short', t.plan, t.indicator, t.year, NULL, t.line, NULL
    FROM target AS t JOIN children ON children.parent = t.region JOIN (
        SELECT region.parent, c.indicator, c.year, c.field, count(c.target) AS said, sum(c.target) AS total
        FROM target AS c JOIN region ON region.code = c.region WHERE c.total GROUP BY ALL
    ) AS c ON c.parent = t.region AND c.indicator = t.indicator AND c.year = t.year AND c.field = t.field
    WHERE t.total AND c.said = children.regions AND c.total < t.target
"""


def statements(connection, script, parameters):
    """Runs each statement with those parameters that it names."""
    for statement in filter(str.strip, script.split(";\n")):
        named = {name: value for name, value in parameters.items() if f"${name}" in statement}
        connection.execute(statement, named or None)


def main(folder, out):
    start = time.perf_counter()
    plans = folder / "plans"
    connection = duckdb.connect(config={"threads": 2})
    catalogue = tomllib.loads((plans / "indicators.toml").read_text(encoding="utf-8"))
    connection.execute("CREATE TABLE indicator (id TEXT, unit TEXT, higher BOOLEAN, total BOOLEAN)")
    rows = [
        (entry["id"], entry["unit"], entry["better"] == "higher", entry["aggregate"] == "sum")
        for entry in catalogue["indicator"]
    ]
    connection.executemany("INSERT INTO indicator VALUES (?, ?, ?, ?)", rows)
    parameters = {"regions": str(plans / "regions.csv"), "table": str(plans / "all.targets.csv")}
    statements(connection, TABLES, parameters)
    read = time.perf_counter()
    connection.execute(f"CREATE TABLE violation AS {QUESTIONS}")
    asked = time.perf_counter()
    connection.execute("COPY violation TO $out (HEADER false)", {"out": str(out)})
    ended = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    counts = dict(connection.execute("SELECT rule, count(*) FROM violation GROUP BY rule").fetchall())
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    rules = [name for name in expected if name.startswith("bench/")]
    same = all(counts.get(rule, 0) == expected[rule] for rule in rules)
    print(
        f"DuckDB {duckdb.__version__}: {ended - start:.2f} s (read {read - start:.2f}, check {asked - read:.2f}, "
        f"write {ended - asked:.2f}), {memory} MB, counts {'as expected' if same else f'differ: {counts}'}"
    )
    return 0 if same else 1


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
