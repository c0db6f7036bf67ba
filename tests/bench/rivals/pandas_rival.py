#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""pandas_rival.py FILE: reads participations with pandas, projects them onto investors by company, and prints the number of ties.

As `coinvest summary --raw` does, it takes names as they stand.
"""
import sys

import pandas

rows = pandas.read_csv(sys.argv[1], parse_dates=["funded_when"], keep_default_na=False)
rows = rows[(rows.company_name != "") & (rows.investor_name != "")]
held = rows[["company_name", "investor_name"]].drop_duplicates()
investor, _ = pandas.factorize(held.investor_name)
company, _ = pandas.factorize(held.company_name)
held = pandas.DataFrame({"investor": investor, "company": company})
pairs = held.merge(held, on="company")
ties = pairs[pairs.investor_x < pairs.investor_y].groupby(["investor_x", "investor_y"]).size()
print(f"ties_company\n{len(ties)}")
