#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""duckdb_rival.py FILE THREADS: the same as pandas_rival.py with DuckDB. Fails if it is not installed."""
import sys

import duckdb

base = duckdb.connect(config={"threads": int(sys.argv[2])})
base.execute(
    "CREATE TABLE held AS SELECT DISTINCT company_name AS company, investor_name AS investor "
    "FROM read_csv(?, header = true) "
    "WHERE company_name <> '' AND investor_name <> ''",
    [sys.argv[1]],
)
ties = base.execute(
    "SELECT count(*) FROM (SELECT a.investor, b.investor FROM held a JOIN held b USING (company) "
    "WHERE a.investor < b.investor GROUP BY ALL)"
).fetchone()[0]
print(f"ties_company\n{ties}")
