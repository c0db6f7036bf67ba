// SPDX-License-Identifier: Apache-2.0
#include <fmt/ranges.h>

#include <filesystem>

#include "cli/command.hpp"
#include "cli/graphs.hpp"
#include "cli/validation_options.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/report/graph_format.hpp"

namespace coinvest::cli {
namespace {

Choices<const GraphFormat*> format_choices() {
  Choices<const GraphFormat*> choices;
  for (const GraphFormat& format : graph_formats()) choices.emplace_back(format.name, &format);
  return choices;
}

class Export final : public Task {
 public:
  explicit Export(CLI::App& app) : input_(app), selection_(app), graph_(app), validation_(app), run_(app) {
    add_choice(app, "--graph", kind_, graph_choices(), "Which graph is written");
    app.add_option("-o,--output", path_,
                   "File to write (.graphml .gexf .json .net .csv .mtx), or FOLDER/ for neo4j; - is standard output")
        ->type_name("PATH")
        ->group("Output");
    add_choice<const GraphFormat*>(app, "--format", format_, format_choices(),
                                   "Default: the extension of -o, else graphml")
        ->group("Output");
    app.add_flag("-O,--overwrite", overwrite_, "Replace existing files")->group("Output");
  }

  Result<void> run(Session& session) override {
    run_.apply(session);
    const auto format = format_to_write();
    if (!format) return tl::unexpected(format.error());
    const auto targets = targets_of(**format);
    if (!targets) return tl::unexpected(targets.error());
    if (kind_ == GraphKind::bipartite && validation_.wanted(TieBy::round))
      return fail(ErrorKind::usage, "--validate tests ties between investors; ask with --graph coinvest");
    if (kind_ == GraphKind::coinvest)
      if (auto good = validation_.check(graph_); !good) return good;
    const auto data = input_.load(session);
    if (!data) return tl::unexpected(data.error());
    const Deals deals = selection_.apply(*data, session);
    auto graph = AnyGraph::build(deals, kind_, graph_, session.context);
    if (!graph) return tl::unexpected(graph.error());
    if (graph->coinvestment) {
      if (const auto validation = validation_.wanted(graph_.ties()->by)) {
        auto kept = keep_validated(deals, *graph->coinvestment, *validation, session.context);
        if (!kept) return tl::unexpected(kept.error());
        graph->coinvestment = std::move(*kept);
      }
    }
    const auto of = attributed(deals, graph->named(*data), session.context);
    if (!of) return tl::unexpected(of.error());
    if ((*format)->is_folder())
      if (auto made = make_folder(path_); !made) return made;
    // The main file last: where it is, the others are.
    for (std::size_t part = targets->size(); part-- > 0;)
      if (auto written = write_part(*of, (*format)->parts[part], (*targets)[part]); !written) return written;
    return {};
  }

 private:
  Result<const GraphFormat*> format_to_write() const {
    if (format_) return *format_;
    if (path_ == "-") return &graph_formats().front();
    const std::string lower = lower_ascii(path_);
    for (const GraphFormat& format : graph_formats())
      if (format.is_folder() ? path_.ends_with('/') : lower.ends_with(format.extension)) return &format;
    return fail(ErrorKind::usage,
                fmt::format("'{}' ends in none of .graphml .gexf .json .net .csv .mtx /; say --format", path_));
  }

  /// Where the parts of a format go; on standard output there is only the main one.
  Result<std::vector<std::string>> targets_of(const GraphFormat& format) const {
    if (path_ == "-") {
      if (format.is_folder())
        return fail(ErrorKind::usage, fmt::format("{} is several files: -o FOLDER/", format.name));
      return std::vector{path_};
    }
    std::vector<std::string> targets;
    for (const GraphPart& part : format.parts) {
      if (part.write == nullptr) break;
      std::filesystem::path target = path_;
      if (format.is_folder())
        target /= part.name;
      else if (!part.name.empty())
        target.replace_extension().concat(part.name);
      std::error_code unknown;
      if (!overwrite_ && std::filesystem::exists(target, unknown))  // before any of them is written
        return fail(ErrorKind::io, "exists already; --overwrite would replace it", {target.string(), 0, ""});
      targets.push_back(target.string());
    }
    return targets;
  }

  Result<void> write_part(const AttributedGraph& of, const GraphPart& part, const std::string& target) const {
    const auto produce = [&](const Sink& sink) -> Result<void> {
      Pieces out(sink);
      part.write(of, out);
      if (of.context.stopped()) return cancelled();
      return {};
    };
    return deliver(target, produce, overwrite_ ? Overwrite::replace : Overwrite::refuse);
  }

  InputOptions input_;
  SelectionOptions selection_;
  GraphOptions graph_;
  ValidationOptions validation_;
  RunOptions run_;
  GraphKind kind_ = GraphKind::bipartite;
  std::string path_ = "-";
  std::optional<const GraphFormat*> format_;
  bool overwrite_ = false;
};

}  // namespace

std::unique_ptr<Task> make_export(CLI::App& app) {
  return std::make_unique<Export>(app);
}

}  // namespace coinvest::cli
