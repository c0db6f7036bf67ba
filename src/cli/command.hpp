// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <array>
#include <memory>
#include <span>
#include <string_view>

#include "cli/session.hpp"
#include "coinvest/base/result.hpp"

namespace coinvest::cli {

/// One command while the program runs: its constructor declares options that write into its members, `run` does the
/// work after everything was parsed.
class Task {
 public:
  Task() = default;
  virtual ~Task() = default;
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  virtual Result<void> run(Session& session) = 0;
};

/// One row per command: help, completion and the tests of every command loop over the table.
struct Command {
  std::string_view name;
  std::string_view summary;
  std::array<std::string_view, 2> examples;
  std::unique_ptr<Task> (*make)(CLI::App&);
};

std::span<const Command> commands();

// Each in the file of its name under commands/.
std::unique_ptr<Task> make_batch(CLI::App& app);
std::unique_ptr<Task> make_centrality(CLI::App& app);
std::unique_ptr<Task> make_check(CLI::App& app);
std::unique_ptr<Task> make_claims(CLI::App& app);
std::unique_ptr<Task> make_clusters(CLI::App& app);
std::unique_ptr<Task> make_diff_knowledge(CLI::App& app);
std::unique_ptr<Task> make_compare(CLI::App& app);
std::unique_ptr<Task> make_completion(CLI::App& app);
std::unique_ptr<Task> make_concentration(CLI::App& app);
std::unique_ptr<Task> make_doctor(CLI::App& app);
std::unique_ptr<Task> make_exits(CLI::App& app);
std::unique_ptr<Task> make_explain(CLI::App& app);
std::unique_ptr<Task> make_export(CLI::App& app);
std::unique_ptr<Task> make_followon(CLI::App& app);
std::unique_ptr<Task> make_identify(CLI::App& app);
std::unique_ptr<Task> make_manual(CLI::App& app);
std::unique_ptr<Task> make_import(CLI::App& app);
std::unique_ptr<Task> make_panel(CLI::App& app);
std::unique_ptr<Task> make_path(CLI::App& app);
std::unique_ptr<Task> make_profile(CLI::App& app);
std::unique_ptr<Task> make_registry(CLI::App& app);
std::unique_ptr<Task> make_render(CLI::App& app);
std::unique_ptr<Task> make_report(CLI::App& app);
std::unique_ptr<Task> make_silence(CLI::App& app);
std::unique_ptr<Task> make_summary(CLI::App& app);
std::unique_ptr<Task> make_ties(CLI::App& app);
std::unique_ptr<Task> make_verify(CLI::App& app);
// In commands/catalogue.cpp: the program's own tables.
std::unique_ptr<Task> make_measures(CLI::App& app);
std::unique_ptr<Task> make_methods(CLI::App& app);
std::unique_ptr<Task> make_formats(CLI::App& app);

}  // namespace coinvest::cli
