// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>

#include "cli/command.hpp"
#include "cli/drawings.hpp"
#include "cli/fonts.hpp"
#include "cli/interruption.hpp"
#include "cli/measure_options.hpp"
#include "cli/year_windows.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/render/dot.hpp"
#include "coinvest/render/engine.hpp"
#include "coinvest/render/layout.hpp"
#include "coinvest/render/placing.hpp"

namespace coinvest::cli {
namespace {

enum class DrawingFormat : std::uint8_t { dot, svg, png, pdf };

const Choices<DrawingFormat> drawing_formats{
    {"dot", DrawingFormat::dot}, {"svg", DrawingFormat::svg}, {"png", DrawingFormat::png}, {"pdf", DrawingFormat::pdf}};

Choices<std::string_view> engine_choices() {
  Choices<std::string_view> choices;
  for (const Engine& engine : engines) choices.emplace_back(engine.name, engine.name);
  return choices;
}

std::string theme_names() {
  std::string names;
  for (const BuiltInTheme& theme : themes()) names += fmt::format("{}{}", names.empty() ? "" : ", ", theme.name);
  return names;
}

std::string views_in_words() {
  std::string words;
  for (const DrawingView& view : drawing_views())
    words += fmt::format("{}{}: {}", words.empty() ? "" : "; ", view.name, view.summary);
  return words;
}

class Render final : public Task {
 public:
  explicit Render(CLI::App& app)
      : input_(app), selection_(app), graph_(app), run_(app), windows_(app, "of the storyboard") {
    constexpr const char* group = "Drawing";
    add_choice(app, "--view", view_, view_choices(), "What is drawn: " + views_in_words())->group(group);
    app.add_option("--name", names_,
                   "Whom the view is about: ego takes an investor or a company, timeline a company, path two "
                   "investors, each with a --name")
        ->allow_extra_args(false)
        ->type_name("NAME")
        ->group(group);
    of_ego_ = add_count(app, "--steps", steps_, 1, 100, "Of ego: so far from the centre; 1 is what it touches")
                  ->default_str("2")
                  ->group(group);
    of_path_ = add_count(app, "--k", paths_, 1, 100, "Of path: at most so many ways")->default_str("3")->group(group);
    CLI::Option* size_by =
        app.add_option("--size-by", size_by_,
                       "Measure that chooses who is drawn, in which size, and who has a name (default: degree)")
            ->type_name("MEASURE")
            ->group(group);
    max_nodes_given_ = add_count(app, "--max-nodes", max_nodes_, 2, 10'000,
                                 "At most so many investors and companies; above 3000 with "
                                 "--force alone")
                           ->default_str("150")
                           ->group(group);
    CLI::Option* labels = add_count(app, "--labels,--label-budget", labels_, 0, 10'000, "So many nodes show their name")
                              ->default_str("60")
                              ->group(group);
    of_choosing_ = {size_by, max_nodes_given_, labels};
    app.add_flag_callback(
           "--force", [this] { options_.force = Force::yes; }, "Draw more than 3000 nodes")
        ->group(group);
    app.add_option("--title", options_.title, "Heading of the drawing")->group(group);
    app.add_option("--theme", theme_, fmt::format("How it looks: {} or a file of docs/drawings.md", theme_names()))
        ->type_name("NAME|FILE.toml")
        ->capture_default_str()
        ->group(group);
    add_choice<std::string_view>(app, "--engine", engine_, engine_choices(),
                                 "Layout engine (default: by view and size)")
        ->group(group);
    app.add_option("--positions", places_path_,
                   "Where nodes are: saved here if there is no such file, else taken from it, without a new layout")
        ->type_name("FILE")
        ->group(group);
    add_count(app, "--dpi", dpi_, 36, 1200, "Resolution of PNG")->default_str("144")->group(group);
    add_count(app, "--layout-timeout", timeout_, 1, 86'400, "Seconds that the layout may take")
        ->default_str("60")
        ->group(group);
    app.add_option("--dot", layout_.program, "The Graphviz program")
        ->type_name("PATH")
        ->capture_default_str()
        ->group(group);
    app.add_option("-o,--output", path_, "File to write (.dot .gv .svg .png .pdf); - is standard output")
        ->type_name("PATH")
        ->group("Output");
    add_choice<DrawingFormat>(app, "--format", format_, drawing_formats, "Default: the extension of -o, else dot")
        ->group("Output");
    app.add_flag("-O,--overwrite", overwrite_, "Replace an existing file")->group("Output");
  }

  Result<void> run(Session& session) override {
    run_.apply(session);
    if (auto good = check_options(); !good) return good;
    const auto format = format_to_write();
    if (!format) return tl::unexpected(format.error());
    const auto theme = find_theme(theme_);
    if (!theme) return tl::unexpected(theme.error());
    const auto size_by = size_by_.empty() ? Result<const Measure*>(nullptr) : measure_called(size_by_);
    if (!size_by) return tl::unexpected(size_by.error());
    const auto data = input_.load(session);
    if (!data) return tl::unexpected(data.error());
    const Deals deals = selection_.apply(*data, session);
    constexpr std::uint64_t most_in_a_frame = 40;  // unless somebody asks for more
    options_.max_nodes = static_cast<std::uint32_t>(
        view_->time == OverTime::yes && max_nodes_given_->empty() ? most_in_a_frame : max_nodes_);
    options_.label_budget = static_cast<std::uint32_t>(labels_);
    const std::vector<ExitEvent> events = exit_events(deals);
    LayoutOptions layout = layout_;
    layout.deadline = std::chrono::seconds(timeout_);
    layout.dpi = static_cast<unsigned>(dpi_);
    const DotOptions dot{*theme, engine_.value_or("")};
    const auto find_places = [&](Drawing unplaced) {
      return placed(std::move(unplaced), dot, layout, session.context);
    };
    auto drawing = make_drawing(
        *view_, {deals, events, graph_, session.context, options_, names_, static_cast<std::uint32_t>(steps_), paths_,
                 *size_by, windows_.wanted() ? windows_.windows() : std::vector<PanelWindow>(), find_places});
    if (!drawing) return tl::unexpected(drawing.error());
    if ((!places_path_.empty() || engine_) && is_placed(*drawing) && view_->time == OverTime::no)
      return fail(ErrorKind::usage, fmt::format("the view {} knows its places: leave {} out", view_->name,
                                                engine_ ? "--engine" : "--positions"));
    if (!places_path_.empty() && !is_placed(*drawing)) drawing = find_places(std::move(*drawing));
    if (!drawing) return tl::unexpected(drawing.error());
    layout.engine = is_placed(*drawing) ? choose_engine(*drawing) : engine_.value_or(choose_engine(*drawing));
    auto bytes = to_dot(*drawing, dot);
    if (bytes && *format != DrawingFormat::dot) {
      if (const std::string warning = font_warning(*drawing, theme->fonts); !warning.empty()) session.say(warning);
      layout.format = *format == DrawingFormat::svg   ? ImageFormat::svg
                      : *format == DrawingFormat::png ? ImageFormat::png
                                                      : ImageFormat::pdf;
      layout.places = is_placed(*drawing) ? Places::given : Places::found;
      const Tidying tidying;
      bytes = run_layout(*bytes, layout, session.context);
    }
    if (!bytes) return tl::unexpected(bytes.error());
    return deliver(path_, *bytes, overwrite_ ? Overwrite::replace : Overwrite::refuse);
  }

 private:
  /// Fails (usage) at an option that would change nothing in this view.
  Result<void> check_options() const {
    std::vector<const CLI::Option*> useless;
    if (view_->name != "ego") useless.push_back(of_ego_);
    if (view_->name != "path") useless.push_back(of_path_);
    if (view_->drawn == Drawn::all) useless.insert(useless.end(), of_choosing_.begin(), of_choosing_.end());
    for (const CLI::Option* option : useless)
      if (option->count() > 0)
        return fail(ErrorKind::usage, fmt::format("the view {} takes no {}", view_->name, option->get_name()));
    return {};
  }

  /// The drawing with the places of --positions, which are found and saved if there is no such file yet.
  Result<Drawing> placed(Drawing drawing, const DotOptions& dot, LayoutOptions layout, const Context& context) const {
    layout.engine = engine_.value_or(choose_engine(drawing));
    const Tidying tidying;
    if (places_path_.empty()) return place(std::move(drawing), dot, layout, context);
    std::error_code error;
    if (std::filesystem::exists(places_path_, error)) {
      const auto text = read_file(places_path_);
      if (!text) return tl::unexpected(text.error());
      return place_as(std::move(drawing), *text, places_path_);
    }
    auto with_places = place(std::move(drawing), dot, layout, context);
    if (!with_places) return with_places;
    if (auto saved = write_file(places_path_, places_text(*with_places), Overwrite::refuse); !saved)
      return tl::unexpected(saved.error());
    return with_places;
  }

  Result<DrawingFormat> format_to_write() const {
    if (format_) return *format_;
    if (path_ == "-") return DrawingFormat::dot;
    const std::size_t dot = path_.rfind('.');
    const std::string extension = dot == std::string::npos ? "" : lower_ascii(path_.substr(dot + 1));
    if (extension == "gv") return DrawingFormat::dot;
    for (const auto& [word, value] : drawing_formats)
      if (word == extension) return value;
    return fail(ErrorKind::usage, fmt::format("'{}' ends in none of .dot .gv .svg .png .pdf; say --format", path_));
  }

  InputOptions input_;
  SelectionOptions selection_;
  GraphOptions graph_;
  RunOptions run_;
  YearWindows windows_;
  const DrawingView* view_ = &drawing_views().front();
  ViewOptions options_;
  LayoutOptions layout_;
  std::uint64_t max_nodes_ = 150, labels_ = 60, dpi_ = 144, timeout_ = 60;
  std::optional<std::string_view> engine_;
  std::optional<DrawingFormat> format_;
  std::vector<std::string> names_;
  std::uint64_t steps_ = 2, paths_ = 3;
  std::string size_by_, places_path_, theme_ = "light", path_ = "-";
  const CLI::Option *of_ego_ = nullptr, *of_path_ = nullptr, *max_nodes_given_ = nullptr;
  std::vector<const CLI::Option*> of_choosing_;
  bool overwrite_ = false;
};

}  // namespace

std::unique_ptr<Task> make_render(CLI::App& app) {
  return std::make_unique<Render>(app);
}

}  // namespace coinvest::cli
