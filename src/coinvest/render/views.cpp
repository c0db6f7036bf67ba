// SPDX-License-Identifier: Apache-2.0
#include "coinvest/render/views.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "coinvest/base/counted.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/render/legend.hpp"

namespace coinvest {
namespace {

constexpr std::uint32_t most_nodes = 10'000, most_nodes_unforced = 3'000;
constexpr std::size_t widest_label = 30;
constexpr std::uint32_t most_coloured = 7;  // clusters of the style
constexpr std::uint32_t fewest_coloured = 2, fewest_boxed = 3;

/// What is special about one view.
struct Plan {
  std::string_view name;
  bool boxed = false;
  std::optional<Around> around = {};
};

struct View {
  const DrawnGraph& source;
  const ViewOptions& options;
  const Plan& plan;
  std::vector<double> score;            ///< per vertex of the graph
  std::vector<std::uint32_t> vertices;  ///< drawn, ascending
  Drawing drawing;

  const GraphView& graph() const { return source.graph.view; }
  bool is_company(std::uint32_t vertex) const { return !source.graph.is_investor(vertex); }
  const std::string& name(std::uint32_t vertex) const { return source.graph.name(vertex); }
};

Result<void> check(const DrawnGraph& source, const ViewOptions& options) {
  if (options.max_nodes < 2 || options.max_nodes > most_nodes) {
    return fail(ErrorKind::limit, fmt::format("{} nodes; a drawing has 2 to {}", options.max_nodes, most_nodes));
  }
  if (options.max_nodes > most_nodes_unforced && options.force == Force::no) {
    return fail(
        ErrorKind::limit,
        fmt::format("{} nodes are too many to read; above {} only with --force, or draw the best few with --max-nodes",
                    options.max_nodes, most_nodes_unforced));
  }
  const std::size_t n = source.graph.view.vertices();
  const auto fits = [n](const auto& span) { return span.empty() || span.size() == n; };
  if (!fits(source.score) || !fits(source.cluster) || !fits(source.state)) {
    return fail(ErrorKind::usage,
                fmt::format("scores, clusters or states for another graph than this one of {} vertices", n));
  }
  return {};
}

/// "12 companies", "1 investor", "3 co-investors".
std::string degree_of(const View& view, std::uint32_t vertex) {
  const NeighbourWord& word = view.is_company(vertex) ? view.source.of_company : view.source.of_investor;
  const std::uint64_t degree = view.graph().degree(vertex);
  return fmt::format("{} {}", grouped(degree), degree == 1 ? word.one : word.many);
}

std::string tooltip(const View& view, std::uint32_t vertex, NodeState state) {
  constexpr std::array<std::string_view, 4> states{"", ", exited", ", closed", ", dormant"};
  std::string text = fmt::format("{} ({}{})", view.name(vertex), view.is_company(vertex) ? "company" : "investor",
                                 states.at(static_cast<std::size_t>(state)));
  if (!view.options.score_name.empty() && !view.source.score.empty()) {
    text += std::isnan(view.score[vertex]) ? fmt::format(", {} undefined", view.options.score_name)
                                           : fmt::format(", {} {:.6g}", view.options.score_name, view.score[vertex]);
  }
  text += ", " + degree_of(view, vertex);
  if (!view.source.cluster.empty()) text += fmt::format(", cluster {}", view.source.cluster[vertex]);
  return text;
}

/// Where a drawn vertex stands among the nodes.
std::uint32_t position_of(const View& view, std::uint32_t vertex) {
  const auto found = std::lower_bound(view.vertices.begin(), view.vertices.end(), vertex);
  return static_cast<std::uint32_t>(found - view.vertices.begin());
}

void add_nodes(View& view) {
  std::array<double, 2> largest{};  // of investors, of companies
  for (const std::uint32_t v : view.vertices) {
    double& most = largest.at(view.is_company(v) ? 1 : 0);
    if (view.score[v] > most) most = view.score[v];
  }
  for (const std::uint32_t v : view.vertices) {
    const bool company = view.is_company(v);
    const double most = largest.at(company ? 1 : 0);
    DrawingNode node;
    node.shape = company ? NodeShape::company : NodeShape::investor;
    node.state = view.source.state.empty() ? NodeState::normal : view.source.state[v];
    node.id = static_cast<std::uint32_t>(company ? index(view.source.graph.companies[v - view.graph().investors])
                                                 : index(view.source.graph.investors[v]));
    node.tooltip = tooltip(view, v, node.state);
    node.size = view.score[v] > 0.0 && std::isfinite(most) ? view.score[v] / most : 0.0;
    view.drawing.nodes.push_back(std::move(node));
  }
}

/// Node positions: the centre, then by size, largest first; equal ones in order of vertices.
std::vector<std::size_t> by_size(const Drawing& drawing) {
  std::vector<std::size_t> order(drawing.nodes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (a == drawing.centre || b == drawing.centre) return a == drawing.centre && b != drawing.centre;
    return drawing.nodes[a].size > drawing.nodes[b].size;
  });
  return order;
}

/// Leaves out vertices whose cluster gets no box: they would fly away from the boxes. Keeps all if nothing else is
/// left.
void keep_boxed(View& view) {
  std::map<std::uint32_t, std::uint32_t> drawn;
  for (const std::uint32_t v : view.vertices) ++drawn[view.source.cluster[v]];
  const auto boxed = [&](std::uint32_t v) { return drawn[view.source.cluster[v]] >= fewest_boxed; };
  if (std::none_of(view.vertices.begin(), view.vertices.end(), boxed)) return;
  std::erase_if(view.vertices, [&](std::uint32_t v) { return !boxed(v); });
}

/// Numbers the clusters by their members in the drawing, largest first, and names each after its best-scored member:
/// with boxes those of at least three members, else as many as the style has colours, of at least two.
void add_clusters(View& view) {
  if (view.source.cluster.empty()) return;
  const std::uint32_t count = *std::max_element(view.source.cluster.begin(), view.source.cluster.end()) + 1;
  std::vector<std::uint32_t> members(count), drawn(count), order(count), number(count);
  for (const std::uint32_t cluster : view.source.cluster) ++members[cluster];
  for (const std::uint32_t v : view.vertices) ++drawn[view.source.cluster[v]];
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return drawn[a] > drawn[b]; });
  for (std::uint32_t rank = 0; rank < count; ++rank) number[order[rank]] = rank;
  for (std::size_t i = 0; i < view.vertices.size(); ++i) {
    view.drawing.nodes[i].cluster = number[view.source.cluster[view.vertices[i]]];
  }
  const std::vector<std::size_t> sized = by_size(view.drawing);
  const std::uint32_t fewest = view.drawing.clusters_boxed ? fewest_boxed : fewest_coloured;
  const std::uint32_t named = view.drawing.clusters_boxed ? count : std::min(count, most_coloured);
  for (std::uint32_t rank = 0; rank < named && drawn[order[rank]] >= fewest; ++rank) {
    const std::uint32_t cluster = order[rank];
    const auto best =
        std::find_if(sized.begin(), sized.end(), [&](std::size_t i) { return view.drawing.nodes[i].cluster == rank; });
    std::string label = clip(view.name(view.vertices[*best]), widest_label);
    if (members[cluster] > 1) label += fmt::format(" +{}", grouped(members[cluster] - 1));
    view.drawing.cluster_names.push_back(std::move(label));
  }
}

/// Names for the largest of both sides alike; elsewhere at most the mark of the cluster. Returns how many names are
/// shown.
std::size_t add_labels(View& view) {
  std::array<std::vector<std::size_t>, 2> waiting;  // investors, companies
  for (const std::size_t i : by_size(view.drawing)) {
    waiting.at(view.is_company(view.vertices[i]) ? 1 : 0).push_back(i);
  }
  std::array<std::size_t, 2> named{};
  const std::size_t first = view.plan.around && view.is_company(view.plan.around->centre) ? 1 : 0;
  const std::size_t budget = std::min<std::size_t>(view.vertices.size(), view.options.label_budget);
  while (named[0] + named[1] < budget) {
    std::size_t side = named.at(first) <= named.at(1 - first) ? first : 1 - first;
    if (named.at(side) == waiting.at(side).size()) side = 1 - side;
    const std::size_t i = waiting.at(side)[named.at(side)++];
    view.drawing.nodes[i].label = clip(view.name(view.vertices[i]), widest_label);
  }
  for (DrawingNode& node : view.drawing.nodes) {
    const bool marked = !view.drawing.clusters_boxed && node.cluster < view.drawing.cluster_names.size();
    const std::string mark = marked ? cluster_mark(node.cluster) : "";
    if (!mark.empty()) node.label += (node.label.empty() ? "" : " ") + mark;
  }
  return budget;
}

/// Returns how many edges the drawn vertices have among themselves.
std::uint64_t add_edges(View& view) {
  const auto most = static_cast<std::size_t>(view.options.edges_per_node * static_cast<double>(view.vertices.size()));
  const ChosenEdges chosen = choose_edges(view.graph(), view.vertices, std::max(most, view.vertices.size()),
                                          view.plan.around ? std::optional(view.plan.around->centre) : std::nullopt);
  for (const ChosenEdge& edge : chosen.edges) {
    std::string text = fmt::format("{} – {}, {}: {:.6g}", view.name(edge.from), view.name(edge.to),
                                   view.drawing.weight_means, edge.weight);
    view.drawing.edges.push_back(
        {position_of(view, edge.from), position_of(view, edge.to), edge.weight, std::move(text)});
  }
  return chosen.among;
}

void add_caption(View& view, std::size_t names_shown, std::uint64_t edges_among) {
  const GraphView& graph = view.graph();
  const auto companies = static_cast<std::size_t>(
      std::count_if(view.vertices.begin(), view.vertices.end(), [&](std::uint32_t v) { return view.is_company(v); }));
  std::string shown = fmt::format("Shows {} of {}", grouped(view.vertices.size() - companies),
                                  counted(graph.investors, "investor", "investors"));
  if (graph.kind == GraphKind::bipartite) {
    shown += fmt::format(" and {} of {}", grouped(companies), counted(graph.companies, "company", "companies"));
  }
  if (view.vertices.size() < graph.vertices()) {
    shown +=
        view.plan.around
            ? fmt::format(", chosen by {} among those at most {} from {}", view.drawing.size_means,
                          view.plan.around->steps == 1 ? "one step" : fmt::format("{} steps", view.plan.around->steps),
                          view.name(view.plan.around->centre))
            : fmt::format(", chosen by {} among those that hang together{}", view.drawing.size_means,
                          view.plan.boxed ? " in clusters of three and more" : "");
  }
  if (view.drawing.edges.size() < edges_among) {
    shown += fmt::format("; of the {} ties among them the {} heaviest", grouped(edges_among),
                         grouped(view.drawing.edges.size()));
  }
  if (names_shown < view.vertices.size()) shown += fmt::format("; names on the {} largest", grouped(names_shown));
  view.drawing.caption.push_back(shown + ".");
  view.drawing.caption.insert(view.drawing.caption.end(), view.options.notes.begin(), view.options.notes.end());
}

Result<Drawing> draw(const DrawnGraph& source, const ViewOptions& options, const Plan& plan) {
  if (auto checked = check(source, options); !checked) return tl::unexpected(checked.error());
  if (plan.boxed && source.cluster.empty() && source.graph.view.vertices() > 0)
    return fail(ErrorKind::usage, "a view of clusters without clusters");
  View view{source, options, plan, {source.score.begin(), source.score.end()}, {}, {}};
  if (view.score.empty()) {
    for (std::uint32_t v = 0; v < source.graph.view.vertices(); ++v) {
      view.score.push_back(static_cast<double>(source.graph.view.degree(v)));
    }
  }
  view.vertices = plan.around ? choose_around(source.graph.view, view.score, options.max_nodes, *plan.around)
                              : choose_vertices(source.graph.view, view.score, options.max_nodes);
  std::sort(view.vertices.begin(), view.vertices.end());
  if (plan.boxed) keep_boxed(view);
  view.drawing.name = plan.name;
  view.drawing.title = options.title;
  view.drawing.size_means = !source.score.empty() && !options.score_name.empty() ? options.score_name
                            : source.graph.view.kind == GraphKind::coinvest      ? "number of co-investors"
                                                                                 : "number of ties";
  view.drawing.weight_means = !options.weight_name.empty()                    ? options.weight_name
                              : source.graph.view.kind == GraphKind::coinvest ? "shared rounds"
                                                                              : "rounds";
  view.drawing.clusters_boxed = plan.boxed;
  if (plan.around) {
    view.drawing.centre = position_of(view, plan.around->centre);
    view.drawing.engine = "twopi";
  }
  add_nodes(view);
  add_clusters(view);
  const std::size_t names_shown = add_labels(view);
  const std::uint64_t edges_among = add_edges(view);
  add_caption(view, names_shown, edges_among);
  return std::move(view.drawing);
}

}  // namespace

Result<Drawing> bipartite_view(const DrawnGraph& graph, const ViewOptions& options) {
  return draw(graph, options, {"bipartite"});
}

Result<Drawing> coinvest_view(const DrawnGraph& graph, const ViewOptions& options) {
  return draw(graph, options, {"coinvest"});
}

Result<Drawing> clusters_view(const DrawnGraph& graph, const ViewOptions& options) {
  return draw(graph, options, {"clusters", true});
}

Result<Drawing> ego_view(const DrawnGraph& graph, const Around& around, const ViewOptions& options) {
  return draw(graph, options, {"ego", false, around});
}

}  // namespace coinvest
