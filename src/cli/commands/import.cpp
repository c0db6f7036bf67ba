// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/options.hpp"
#include "coinvest/ingest/database.hpp"
#include "coinvest/model/update.hpp"
#include "coinvest/queries/differences.hpp"

namespace coinvest::cli {
namespace {

class Import final : public Task {
 public:
  explicit Import(CLI::App& app)
      : input_(app), run_(app), differences_(app, Charts::none, OutputOptions::To::stdout_only) {
    constexpr const char* group = "Output";
    app.add_option("-o,--output", path_, "Database to write; - is standard output")
        ->type_name("FILE")
        ->required()
        ->group(group);
    CLI::Option* update =
        app.add_flag("--update", update_, "Bring the existing database up to date with a newer DATASET");
    add_day(app, "--known-on", first_seen_, DateEnd::last,
            "With --update: since when what DATASET adds is known, unless it says so itself")
        ->needs(update);
    app.add_flag("--diff", diff_, "With --update: print what was added, changed, and is gone from DATASET")
        ->needs(update);
  }

  Result<void> run(Session& session) override {
    run_.apply(session);
    if (update_ && path_ == "-") return fail(ErrorKind::usage, "--update needs a file: -o FILE");
    auto data = input_.load(session);
    if (!data) return tl::unexpected(data.error());
    if (!update_) return write(*data, session, differences_.overwrite());

    auto old = read_file(path_);
    if (!old) return tl::unexpected(old.error());
    const auto before = read_database(std::move(*old), path_, session.context);
    if (!before) return tl::unexpected(before.error());
    const auto updated = update(*before, *data, first_seen_, input_.read.identity);
    if (!updated) return tl::unexpected(updated.error());
    if (auto written = write(updated->data, session, Overwrite::replace); !written || !diff_) return written;
    Parameters parameters;
    input_.describe(parameters);
    parameters.emplace_back("known_on", first_seen_ ? format_day(*first_seen_) : "");
    return differences_.write(differences_table(updated->differences), parameters);
  }

 private:
  Result<void> write(const Dataset& data, Session& session, Overwrite overwrite) const {
    const auto bytes = database_bytes(data, path_, session.context);
    if (!bytes) return tl::unexpected(bytes.error());
    return deliver(path_, *bytes, overwrite);
  }

  InputOptions input_;
  RunOptions run_;
  OutputOptions differences_;
  std::string path_;
  std::optional<Day> first_seen_;
  bool update_ = false, diff_ = false;
};

}  // namespace

std::unique_ptr<Task> make_import(CLI::App& app) {
  return std::make_unique<Import>(app);
}

}  // namespace coinvest::cli
