// SPDX-License-Identifier: Apache-2.0
#include "coinvest/queries/catalogue.hpp"

#include "cli/command.hpp"
#include "cli/options.hpp"
#include "coinvest/report/graph_format.hpp"

namespace coinvest::cli {
namespace {

/// A command that prints one of the program's own tables.
class Catalogue final : public Task {
 public:
  Catalogue(CLI::App& app, Table (*table)()) : output_(app), table_(table) {}
  Result<void> run(Session&) override { return output_.write(table_(), {}); }

 private:
  OutputOptions output_;
  Table (*table_)();
};

Table formats_table() {
  Table table = layouts_table();
  table.name = "formats";
  table.caption = "What is read and written";
  table.rows.push_back({std::string("database"), std::string("SQLite, written by import and read alone"),
                        std::string("row"), std::string("O(bytes)"), std::string("docs/formats.md"),
                        std::string("both"), Cell{}});
  for (const Format& format : table_formats)
    table.rows.push_back({std::string(format.name), std::string(format.summary), std::string("table"),
                          std::string("O(cells)"), std::string("docs/outputs.md"), std::string("output"), Cell{}});
  for (const GraphFormat& format : graph_formats())
    table.rows.push_back({std::string(format.name), std::string(format.summary), std::string("graph"),
                          std::string("O(edges)"), std::string("docs/outputs.md"), std::string("output"), Cell{}});
  return table;
}

}  // namespace

std::unique_ptr<Task> make_measures(CLI::App& app) {
  return std::make_unique<Catalogue>(app, measures_table);
}
std::unique_ptr<Task> make_methods(CLI::App& app) {
  return std::make_unique<Catalogue>(app, cluster_methods_table);
}
std::unique_ptr<Task> make_formats(CLI::App& app) {
  return std::make_unique<Catalogue>(app, formats_table);
}

}  // namespace coinvest::cli
