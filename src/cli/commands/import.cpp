// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/options.hpp"
#include "coinvest/ingest/database.hpp"

namespace coinvest::cli {
namespace {

class Import final : public Task {
 public:
  explicit Import(CLI::App& app) : input_(app), run_(app) {
    constexpr const char* group = "Output";
    app.add_option("-o,--output", path_, "Database to write")->type_name("FILE")->required()->group(group);
    app.add_flag("-O,--overwrite", overwrite_, "Replace an existing file")->group(group);
  }

  Result<void> run(Session& session) override {
    run_.apply(session);
    const auto data = input_.load(session);
    if (!data) return tl::unexpected(data.error());
    const auto bytes = database_bytes(*data, path_, session.context);
    if (!bytes) return tl::unexpected(bytes.error());
    return write_file(path_, *bytes, overwrite_ ? Overwrite::replace : Overwrite::refuse);
  }

 private:
  InputOptions input_;
  RunOptions run_;
  std::string path_;
  bool overwrite_ = false;
};

}  // namespace

std::unique_ptr<Task> make_import(CLI::App& app) {
  return std::make_unique<Import>(app);
}

}  // namespace coinvest::cli
