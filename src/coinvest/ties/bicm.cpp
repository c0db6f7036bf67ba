// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ties/bicm.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "coinvest/base/parallel.hpp"

namespace coinvest {
namespace {

/// The distinct degrees of one side.
struct Classes {
  std::vector<double> degree;  ///< what is left of it once certain edges are set aside
  std::vector<double> count;
  std::vector<bool> open;

  explicit Classes(std::map<std::uint32_t, std::size_t>& number, std::span<const std::uint32_t> degrees) {
    for (const std::uint32_t d : degrees) number[d] = 0;
    for (auto& [d, position] : number) {
      position = degree.size();
      degree.push_back(d);
    }
    count.assign(degree.size(), 0);
    open.assign(degree.size(), true);
    for (const std::uint32_t d : degrees) ++count[number[d]];
  }
  double vertices_left() const {
    double sum = 0;
    for (std::size_t i = 0; i < count.size(); ++i) sum += open[i] ? count[i] : 0;
    return sum;
  }
};

/// Closes classes that hold all or nothing of what is left; `fix` gets (class, other class, probability).
template <typename Fix>
bool close_certain(Classes& side, Classes& other, const Fix& fix) {
  bool closed = false;
  for (std::size_t i = 0; i < side.degree.size(); ++i) {
    const double all = other.vertices_left();
    if (!side.open[i] || (side.degree[i] != 0 && side.degree[i] != all)) continue;
    const double p = side.degree[i] == 0 ? 0 : 1;
    for (std::size_t j = 0; j < other.degree.size(); ++j) {
      if (!other.open[j]) continue;
      fix(i, j, p);
      other.degree[j] -= p * side.count[i];
    }
    side.open[i] = false;
    closed = true;
  }
  return closed;
}

/// Solves a symmetric positive definite system in place (Cholesky); false if it is not, or if interrupted.
bool solve_positive(std::vector<std::vector<double>>& a, std::vector<double>& b, const Context& context) {
  const std::size_t n = b.size();
  for (std::size_t j = 0; j < n; ++j) {
    if (context.stopped()) return false;
    for (std::size_t k = 0; k < j; ++k) a[j][j] -= a[j][k] * a[j][k];
    if (!(a[j][j] > 0)) return false;
    a[j][j] = std::sqrt(a[j][j]);
    for (std::size_t i = j + 1; i < n; ++i) {
      for (std::size_t k = 0; k < j; ++k) a[i][j] -= a[i][k] * a[j][k];
      a[i][j] /= a[j][j];
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= a[i][k] * b[k];
    b[i] /= a[i][i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) b[i] -= a[k][i] * b[k];
    b[i] /= a[i][i];
  }
  return true;
}

/// The part that is not certain: minimises the convex function whose gradient is expected minus real degrees.
class Model {
 public:
  Model(const Classes& rows, const Classes& columns) {
    for (const Classes* side : {&rows, &columns})
      for (std::size_t i = 0; i < side->degree.size(); ++i) {
        if (!side->open[i]) continue;
        degree_.push_back(side->degree[i]);
        count_.push_back(side->count[i]);
        if (side == &rows) ++rows_;
      }
    const double edges =
        std::inner_product(degree_.begin(), degree_.begin() + static_cast<std::ptrdiff_t>(rows_), count_.begin(), 0.0);
    for (const double d : degree_) log_.push_back(std::log(d / std::sqrt(edges)));
  }

  bool solve(const Context& context) {
    const std::size_t n = degree_.size();
    double value = cost(log_);
    for (int step = 0; step < 200; ++step) {
      std::vector<double> off(n, 0.0);
      std::vector<std::vector<double>> curvature(n, std::vector<double>(n, 0.0));
      for (std::size_t i = 0; i < n; ++i) off[i] = -degree_[i];
      for (std::size_t r = 0; r < rows_; ++r)
        for (std::size_t c = rows_; c < n; ++c) {
          const double p = probability(r, c - rows_), spread = count_[r] * count_[c] * p * (1 - p);
          off[r] += count_[c] * p;
          off[c] += count_[r] * p;
          curvature[r][r] += spread;
          curvature[c][c] += spread;
          curvature[c][r] += spread;
        }
      if (std::ranges::all_of(off, [](double value_off) { return std::abs(value_off) <= 1e-10; })) return true;
      // Raising all rows and lowering all columns changes nothing: that direction gets a curvature of its own.
      double scale = 0;
      for (std::size_t i = 0; i < n; ++i) scale += curvature[i][i] / static_cast<double>(n * n);
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j <= i; ++j) curvature[i][j] += (i < rows_) == (j < rows_) ? scale : -scale;
      std::vector<double> change(n);
      for (std::size_t i = 0; i < n; ++i) change[i] = -count_[i] * off[i];
      if (!solve_positive(curvature, change, context)) return false;
      for (double length = 1;; length /= 2) {
        if (length < 1e-9 || context.stopped()) return false;
        std::vector<double> next = log_;
        for (std::size_t i = 0; i < n; ++i) next[i] += length * change[i];
        const double next_value = cost(next);
        if (next_value > value + 1e-12 * std::abs(value)) continue;
        log_ = std::move(next);
        value = next_value;
        break;
      }
    }
    return false;
  }

  double probability(std::size_t row, std::size_t column) const {
    return 1 / (1 + std::exp(-(log_[row] + log_[rows_ + column])));
  }
  double log_likelihood() const { return -cost(log_); }

 private:
  double cost(const std::vector<double>& at) const {
    double sum = 0;
    for (std::size_t i = 0; i < at.size(); ++i) sum -= count_[i] * degree_[i] * at[i];
    for (std::size_t r = 0; r < rows_; ++r)
      for (std::size_t c = rows_; c < at.size(); ++c) {
        const double z = at[r] + at[c];
        sum += count_[r] * count_[c] * (z > 0 ? z + std::log1p(std::exp(-z)) : std::log1p(std::exp(z)));
      }
    return sum;
  }

  std::size_t rows_ = 0;
  std::vector<double> degree_, count_, log_;  ///< rows, then columns
};

/// P(X = x) of the binomial distribution for x = 0 ... most, through logarithms: no term underflows before its time.
std::vector<double> binomial(double trials, double p, std::size_t most) {
  const auto last = static_cast<std::size_t>(std::min(static_cast<double>(most), trials));
  if (p == 0) return {1};
  std::vector<double> terms(last + 1, 0.0);
  for (std::size_t x = 0; x <= last; ++x) {
    const auto successes = static_cast<double>(x);
    if (p == 1) {
      terms[x] = successes == trials ? 1 : 0;
      continue;
    }
    terms[x] = std::exp(std::lgamma(trials + 1) - std::lgamma(successes + 1) - std::lgamma(trials - successes + 1) +
                        successes * std::log(p) + (trials - successes) * std::log1p(-p));
  }
  return terms;
}

}  // namespace

Result<Bicm> Bicm::solve(std::span<const std::uint32_t> rows, std::span<const std::uint32_t> columns,
                         const Context& context) {
  Bicm made;
  Classes of_rows(made.row_class_, rows), of_columns(made.column_class_, columns);
  made.column_count_ = of_columns.count;
  made.probability_.assign(of_rows.degree.size(), std::vector<double>(of_columns.degree.size(), 0.0));
  bool closed = true;
  while (closed) {
    closed = close_certain(of_rows, of_columns,
                           [&](std::size_t row, std::size_t column, double p) { made.probability_[row][column] = p; });
    closed |= close_certain(of_columns, of_rows,
                            [&](std::size_t column, std::size_t row, double p) { made.probability_[row][column] = p; });
  }
  if (of_rows.vertices_left() == 0 || of_columns.vertices_left() == 0) return made;
  Model model(of_rows, of_columns);
  const bool solved = model.solve(context);
  if (context.stopped()) return cancelled();
  if (!solved)
    return fail(ErrorKind::numeric, "the bipartite configuration model did not converge to degrees within 1e-10");
  made.log_likelihood_ = model.log_likelihood();
  std::size_t row = 0;
  for (std::size_t r = 0; r < of_rows.degree.size(); ++r) {
    if (!of_rows.open[r]) continue;
    std::size_t column = 0;
    for (std::size_t c = 0; c < of_columns.degree.size(); ++c)
      if (of_columns.open[c]) made.probability_[r][c] = model.probability(row, column++);
    ++row;
  }
  return made;
}

double Bicm::probability(std::uint32_t row, std::uint32_t column) const {
  return probability_[row_class_.at(row)][column_class_.at(column)];
}

std::vector<double> Bicm::shared(std::uint32_t row_a, std::uint32_t row_b, std::uint32_t most,
                                 const Context& context) const {
  const auto& of_a = probability_[row_class_.at(row_a)];
  const auto& of_b = probability_[row_class_.at(row_b)];
  const double companies = std::accumulate(column_count_.begin(), column_count_.end(), 0.0);
  double mean = 0;
  for (std::size_t c = 0; c < of_a.size(); ++c) mean += column_count_[c] * of_a[c] * of_b[c];
  // Beyond this, terms fall by more than half at each step, and the sum of the rest is below the last digit.
  const double enough = std::max(static_cast<double>(most), 2 * mean) + 64;
  const auto last = static_cast<std::size_t>(std::min(companies, enough));
  std::vector<double> sum{1};
  for (std::size_t c = 0; c < of_a.size() && !context.stopped(); ++c) {
    const std::vector<double> more = binomial(column_count_[c], of_a[c] * of_b[c], last);
    std::vector<double> next(std::min(last + 1, sum.size() + more.size() - 1), 0.0);
    for (std::size_t i = 0; i < sum.size(); ++i)
      for (std::size_t j = 0; j < more.size() && i + j < next.size(); ++j) next[i + j] += sum[i] * more[j];
    sum = std::move(next);
  }
  sum.resize(std::max<std::size_t>(sum.size(), std::size_t{most} + 1), 0.0);
  return sum;
}

Result<TieTests> validate_bicm(const Deals& deals, std::span<const Tie> ties, const ValidateOptions& options,
                               const Context& context) {
  if (auto accepted = check_options(options); !accepted) return tl::unexpected(accepted.error());
  const Choices choices = count_choices(deals, options.by);
  std::vector<std::uint32_t> degrees;
  for (const auto& [investor, chosen] : choices.chosen) degrees.push_back(chosen);
  const auto model = Bicm::solve(degrees, choices.chosen_by, context);
  if (!model) return tl::unexpected(model.error());

  TieTests result;
  result.total = static_cast<std::uint32_t>(choices.chosen_by.size());
  result.tests = count_tests(choices, ties, options);
  result.rows.resize(ties.size());
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::size_t>> by_degrees;
  for (std::size_t tie = 0; tie < ties.size(); ++tie)
    by_degrees[std::minmax(choices.chosen.at(ties[tie].a), choices.chosen.at(ties[tie].b))].push_back(tie);
  const std::vector pairs(by_degrees.begin(), by_degrees.end());
  const auto shared = [&](std::size_t tie) {
    return options.by == TieBy::round ? ties[tie].shared_rounds : ties[tie].shared_companies;
  };
  context.start("validated ties", pairs.size());
  parallel_for(pairs.size(), context, [&](std::size_t pair) {
    const auto& [of, members] = pairs[pair];
    std::uint32_t most = of.first;  // the smaller degree
    for (const std::size_t tie : members) most = std::max(most, shared(tie));
    const std::vector<double> chance = model->shared(of.first, of.second, most, context);
    if (context.stopped()) return;
    std::vector<double> over = chance;  // summed from the small end
    for (std::size_t x = over.size() - 1; x-- > 0;) over[x] += over[x + 1];
    for (const std::size_t tie : members) {
      const double under = std::accumulate(chance.begin(), chance.begin() + shared(tie) + 1, 0.0);
      result.rows[tie].p_over = shared(tie) == 0 ? 1 : std::min(1.0, over[shared(tie)]);
      result.rows[tie].p_under = std::min(1.0, under);
      result.rows[tie].p_least = std::min(1.0, over[of.first]);
    }
    context.advance();
  });
  if (context.stopped()) return cancelled();
  correct(result, options);
  return result;
}

}  // namespace coinvest
