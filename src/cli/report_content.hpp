// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "cli/claims_option.hpp"
#include "cli/options.hpp"
#include "coinvest/exits/events.hpp"
#include "coinvest/queries/slices.hpp"
#include "coinvest/report/report.hpp"

namespace coinvest::cli {

/// Everything that shapes a report. A copy with another selection, title or graph is a report of its own.
struct ReportOptions {
  explicit ReportOptions(CLI::App& app);

  InputOptions input;
  SelectionOptions selection;
  GraphOptions graph;
  ClaimsOption claims;
  std::uint64_t max_nodes = 150;
  std::uint64_t intervals = 0;  ///< draws for rank intervals; 0: none
  std::string title;            ///< "": of the data set's name
  Language language = Language::en;
  bool sqlite = false;           ///< with the data set as a database
  std::optional<SliceBy> by;     ///< one report per slice
  std::string slice;             ///< the one that this report is about; "": all
  std::uint64_t max_slices = 0;  ///< at most so many, the largest; 0: all

  // Not options, but what is made of them.
  std::vector<InvestorId> members;     ///< of the cluster that the report is about
  std::vector<std::string> datasets;   ///< their names in the report
  std::vector<std::string> arguments;  ///< what the manifest tells: "--sector=gpu"

  /// The rounds that `wanted` selects, of the members of the cluster alone if there is one.
  Deals deals_of(const Dataset& data, const Selection& wanted) const { return select_members(data, wanted, members); }
};

/// What the sections of a report are made of, computed once.
struct ReportMaterial {
  const ReportOptions& options;
  Deals deals;
  TieOptions tie_options;
  Bipartite bipartite;
  Coinvestment coinvestment;
  std::vector<ExitEvent> events;
};

/// One section: a row of the table in report_sections.cpp.
struct SectionKind {
  std::string_view id, heading;
  Folding folding;
  std::string_view intro, method;  ///< "": none
  /// Adds tables and drawings to the section, and to the content what it says elsewhere. A section that gets neither
  /// is left out.
  Result<void> (*fill)(const ReportMaterial&, ReportSection&, ReportContent&, Session&);
};

/// In reading order.
std::span<const SectionKind> section_kinds();

/// The folder's or file's own name: a report must not depend on where the data lay.
std::string own_name(const std::string& path);

/// What makes the report the one it is: title, options, parameters, what was read. Fails if the file of claims cannot
/// be read.
Result<ReportContent> report_head(const ReportOptions& options, const Deals& deals, const Context& context);

/// What a report says of `data`, as `write_report` takes it. Says on stderr if nothing is selected, and which drawings
/// no engine could lay out. Fails as its sections do.
Result<ReportContent> report_content(const ReportOptions& options, const Dataset& data, Session& session);

}  // namespace coinvest::cli
