// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/options.hpp"
#include "coinvest/queries/profile.hpp"

namespace coinvest::cli {

/// The measure of that name. Fails (usage) if there is none, with the nearest one.
Result<const Measure*> measure_called(std::string_view name);

/// The measures of names separated by commas, each once. Fails as `measure_called`.
Result<std::vector<const Measure*>> measures_called(std::string_view names);

/// The options of single measures, which write into `params`.
std::vector<CLI::Option*> add_measure_params(CLI::App& app, MeasureParams& params);
void describe_measure_params(const MeasureParams& params, Parameters& parameters);

/// What is measured, and on which graph; or a profile of the literature, which says that and how ties are made.
class MeasureOptions {
 public:
  /// `graph` is set by a profile; its options and `also_set` cannot be given beside one.
  MeasureOptions(CLI::App& app, GraphOptions& graph, const std::vector<std::string>& also_set = {});
  /// The measures of the names given. Fails (usage) at a name that is none, with the nearest one.
  Result<std::vector<const Measure*>> wanted() const;

  void describe(Parameters& parameters) const;

  const Profile* profile = nullptr;
  GraphKind graph = GraphKind::bipartite;
  Normalised normalised = Normalised::no;
  MeasureParams params;

 private:
  std::string names_ = "degree,betweenness";
};

}  // namespace coinvest::cli
