// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/report_order.hpp"

namespace coinvest::cli {

/// What to do with a report of which only the head is known yet; `make` computes the rest. Returns the SHA-256 of its
/// manifest. Called from many threads, once per folder.
using FinishReport = std::function<Result<std::string>(const std::string& folder, const ReportContent& head,
                                                       const std::function<Result<ReportContent>()>& make)>;

struct FailedReport {
  std::string folder;  ///< "" if it could not even be planned
  Error error;
};

struct BatchResult {
  ReportContent index;  ///< a page that lists the reports; whole if none failed
  std::vector<FailedReport> failed;
};

/// Whether the index stands above the reports. It then has the databases of slices, which are of whole data sets.
enum class Indexed : std::uint8_t { no, yes };

/// Makes all reports that are ordered: every data set is read once, one after the other; the reports of each run on
/// `session.context.threads` threads, the largest first, with the same bytes for any number. A report that fails stops
/// no other. Fails (input) at an order that cannot be understood, before any work; (cancelled).
Result<BatchResult> run_batch(const std::vector<ReportOrder>& orders, const std::string& title, Indexed indexed,
                              Session& session, const FinishReport& finish);

/// Writes one report; returns the SHA-256 of its manifest.
Result<std::string> write_one(const ReportContent& content, const std::string& folder, Overwrite overwrite,
                              const Context& context);

/// Runs a batch into `folder`: reports that stand there already, whole and of the same data, options and versions, are
/// left as they are; the index is written last, once no report fails. Fails (io) if any report did, after all others
/// are written.
Result<void> write_batch(const std::vector<ReportOrder>& orders, const std::string& title, const std::string& folder,
                         Overwrite overwrite, Session& session);

}  // namespace coinvest::cli
