// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"

namespace coinvest::cli {
namespace {

constexpr std::array<Command, 16> all_commands{{
    {"check",
     "List every row that was rejected, changed or deserves a look",
     {"coinvest check graphs/china-gpu", "coinvest check deals.csv --format json"},
     make_check},
    {"summary",
     "Count investors, companies, rounds and money",
     {"coinvest summary graphs/crunchbase-2013", "coinvest summary graphs/china-gpu --sector gpu --by year"},
     make_summary},
    {"centrality",
     "Rank investors or companies by network measures",
     {"coinvest centrality graphs/china-gpu --measure degree,betweenness --top 10",
      "coinvest centrality deals.csv --graph coinvest --measure all -o ranks.csv"},
     make_centrality},
    {"panel",
     "Measure investors in one network per year, for regressions",
     {"coinvest panel graphs/crunchbase-2013 --from 2005 --to 2012 --graph coinvest -o panel.csv",
      "coinvest panel deals.csv --window 3 --from 2010 --to 2020 --lag 1 --measure degree,core --normalised"},
     make_panel},
    {"ties",
     "List who invests together, and whether chance would do the same",
     {"coinvest ties graphs/china-gpu --min-shared 2",
      "coinvest ties graphs/crunchbase-2013 --tie company --validate hypergeometric -o ties.csv"},
     make_ties},
    {"clusters",
     "Find the groups that invest together",
     {"coinvest clusters graphs/china-gpu",
      "coinvest clusters deals.csv --windows 2010..2020 --window 5 -o history.csv"},
     make_clusters},
    {"compare",
     "Compare the traditions of the literature: who ranks high in one and low in another",
     {"coinvest compare graphs/crunchbase-2013", "coinvest compare deals.csv --from 2018 --to 2022 --view movers"},
     make_compare},
    {"concentration",
     "Say how spread a portfolio is, and who holds the same or its rivals",
     {"coinvest concentration graphs/china-gpu --top 10", "coinvest concentration graphs/china-gpu --company 壁仞科技"},
     make_concentration},
    {"exits",
     "List exits, and exit rates with their denominators",
     {"coinvest exits graphs/china-gpu --view events", "coinvest exits graphs/crunchbase-2013 --view rates --top 20"},
     make_exits},
    {"silence",
     "Ask whether an investor's silence in a sector means that it left",
     {"coinvest silence graphs/china-gpu --sector gpu --period 2022 --known-by 2023-03-23",
      "coinvest silence deals.csv --sector fintech --period 2023-01..2024-06 --all"},
     make_silence},
    {"registry",
     "Read shareholder changes as events: who invested, left, was replaced",
     {"coinvest registry graphs/china-gpu", "coinvest registry graphs/china-gpu --from 2023-01-19 --to 2023-01-19"},
     make_registry},
    {"render",
     "Draw the graph: DOT, SVG, PNG or PDF",
     {"coinvest render graphs/china-gpu --sector gpu --view bipartite -o gpu.svg",
      "coinvest render deals.csv --view coinvest | dot -Ksfdp -Tsvg > deals.svg"},
     make_render},
    {"report",
     "Write a folder with everything: page, tables, drawings, hashes",
     {"coinvest report graphs/china-gpu -o china-gpu-report", "coinvest report deals.csv -o out --overwrite"},
     make_report},
    {"measures",
     "List the centrality measures",
     {"coinvest measures", "coinvest measures --format json"},
     make_measures},
    {"methods", "List the clustering methods", {"coinvest methods", "coinvest methods --format csv"}, make_methods},
    {"formats",
     "List the input layouts and output formats",
     {"coinvest formats", "coinvest formats --format json"},
     make_formats},
}};

}  // namespace

std::span<const Command> commands() {
  return all_commands;
}

}  // namespace coinvest::cli
