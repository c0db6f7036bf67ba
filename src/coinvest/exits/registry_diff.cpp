// SPDX-License-Identifier: Apache-2.0
#include "coinvest/exits/registry_diff.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "coinvest/exits/assignment.hpp"

namespace coinvest {
namespace {

constexpr double tolerance = 0.005;
constexpr double percent_scale = 1e6;  // shares in percent become integers
constexpr double percent_rounding = 0.02;

/// A holder before and after; nothing: not a holder then.
struct Line {
  std::optional<Stake> before, after;
  /// What it had and has, in minor units or scaled percent; 0 if it was no holder, nothing if not said.
  std::optional<std::int64_t> was, is;
};

/// An amount that somebody gave up or got.
struct Part {
  InvestorId holder{};
  std::int64_t amount = 0;
  bool whole = false;  ///< gave up everything, or had nothing before
};

enum class Unit : std::uint8_t { capital, percent, none };

double apart(std::int64_t a, std::int64_t b) {
  return std::abs(static_cast<double>(a) - static_cast<double>(b)) /
         static_cast<double>(std::max({a, b, std::int64_t{1}}));
}

void join(std::optional<Stake>& stake, const Stake& more) {
  if (!stake) {
    stake = more;
    return;
  }
  const auto add = [](auto& to, const auto& from) {
    if (to && from)
      *to += *from;
    else if (from)
      to = from;
  };
  add(stake->subscribed, more.subscribed), add(stake->paid, more.paid), add(stake->percent, more.percent);
}

class Differ {
 public:
  Differ(const RegisterStep& step, const std::function<bool(InvestorId, InvestorId)>& same_house)
      : step_(step), same_house_(same_house) {
    for (const Stake& stake : step.before) join(lines_[stake.holder].before, stake);
    for (const Stake& stake : step.after) join(lines_[stake.holder].after, stake);
  }

  RegisterDiff run() {
    rename();
    measure();
    if (step_.flows.empty()) {
      scale();
      dilute();
      find_parts();
    } else {
      take_flows();
    }
    // What is equal to the last digit comes before what is nearly equal.
    for (const double allowed : {0.0, tolerance}) {
      match_pairs(allowed);
      match_sums(allowed);
    }
    explain_rest();
    name_only();
    balance();
    return std::move(result_);
  }

 private:
  void emit(StakeEvent event) {
    if (unit_ == Unit::percent) event.capital.reset();  // a share of an unknown whole
    result_.events.push_back(event);
  }

  void rename() {
    for (const auto& [old_name, new_name] : step_.renames) {
      const auto old_line = lines_.find(old_name), new_line = lines_.find(new_name);
      if (!step_.renames_told)
        emit({RegistryCode::rename, old_name, new_name, CounterpartBasis::stated, Extent::whole, {}});
      const bool moves = old_line != lines_.end() && new_line != lines_.end() && old_line->second.before &&
                         !old_line->second.after && new_line->second.after && !new_line->second.before;
      if (!moves) continue;
      new_line->second.before = old_line->second.before;
      lines_.erase(old_line);
    }
  }

  /// Chooses what is compared: capital where all have it in one currency, else percent, else names.
  void measure() {
    std::size_t with_capital = 0, with_percent = 0, stakes = 0;
    std::optional<Currency> currency;
    bool one_currency = true;
    for (const auto& [holder, line] : lines_)
      for (const auto* stake : {&line.before, &line.after}) {
        if (!*stake) continue;
        ++stakes;
        with_percent += (*stake)->percent.has_value();
        if (!(*stake)->subscribed) continue;
        ++with_capital;
        one_currency = one_currency && (!currency || *currency == (*stake)->currency);
        currency = (*stake)->currency;
      }
    unit_ = with_capital > 0 && one_currency && (with_capital == stakes || with_percent < stakes) ? Unit::capital
            : stakes > 0 && with_percent == stakes                                                ? Unit::percent
                                                                                                  : Unit::none;
    complete_ = unit_ == Unit::capital && with_capital == stakes;
    const auto value = [&](const std::optional<Stake>& stake) -> std::optional<std::int64_t> {
      if (!stake) return 0;
      if (unit_ == Unit::capital) return stake->subscribed;
      if (unit_ == Unit::percent) return std::llround(*stake->percent * percent_scale);
      return std::nullopt;
    };
    for (auto& [holder, line] : lines_) {
      line.was = value(line.before);
      line.is = value(line.after);
      total_before_ += line.was.value_or(0);
      total_after_ += line.is.value_or(0);
    }
    rounding_ = unit_ == Unit::percent ? std::llround(percent_rounding * percent_scale)
                                       : std::max<std::int64_t>(100, std::max(total_before_, total_after_) / 1'000'000);
  }

  bool stays(const Line& line) const { return line.before && line.after && line.was && line.is && *line.was > 0; }

  /// If all who stay have the same multiple of what they had, only the measure changed.
  void scale() {
    std::vector<std::pair<std::int64_t, std::int64_t>> stayed;
    for (const auto& [holder, line] : lines_)
      if (stays(line)) stayed.emplace_back(*line.was, *line.is);
    if (stayed.empty() || (unit_ == Unit::capital && stayed.size() < 2)) return;
    const auto agrees = [&](double factor, const std::pair<std::int64_t, std::int64_t>& pair) {
      const double expected = static_cast<double>(pair.first) * factor;
      const double slack = unit_ == Unit::percent ? 0.01 * expected + static_cast<double>(rounding_)
                                                  : std::max(1e-4 * expected, static_cast<double>(rounding_));
      return std::abs(expected - static_cast<double>(pair.second)) <= slack;
    };
    double best = 1;
    std::size_t support = 0;
    for (const auto& [was, is] : stayed) {
      const double factor = static_cast<double>(is) / static_cast<double>(was);
      const auto agreeing = static_cast<std::size_t>(
          std::ranges::count_if(stayed, [&](const auto& pair) { return agrees(factor, pair); }));
      if (agreeing > support || (agreeing == support && std::abs(factor - 1) < std::abs(best - 1))) {
        best = factor;
        support = agreeing;
      }
    }
    const bool unchanged = std::ranges::all_of(stayed, [&](const auto& pair) { return agrees(1, pair); });
    if (unchanged || best <= 0 || (unit_ == Unit::capital && support < stayed.size())) return;
    // The mean over all who agree is less rounded than any one of them.
    double was_sum = 0, is_sum = 0;
    for (const auto& pair : stayed)
      if (agrees(best, pair)) was_sum += static_cast<double>(pair.first), is_sum += static_cast<double>(pair.second);
    best = is_sum / was_sum;
    std::int64_t scaled_total = 0;
    for (auto& [holder, line] : lines_) {
      if (!line.was) continue;
      const bool agrees_too = stays(line) && agrees(best, {*line.was, *line.is});
      line.was = agrees_too ? *line.is : std::llround(static_cast<double>(*line.was) * best);
      scaled_total += *line.was;
      if (unit_ == Unit::percent && agrees_too && best < 1)
        emit({RegistryCode::dilution, holder, {}, CounterpartBasis::none, Extent::part, {}});
    }
    if (unit_ == Unit::capital) {
      explained_ += scaled_total - total_before_;
      emit({RegistryCode::capital, {}, {}, CounterpartBasis::none, Extent::whole, scaled_total - total_before_});
    }
  }

  /// A smaller stated share of the same capital: nobody sold.
  void dilute() {
    if (unit_ != Unit::capital) return;
    for (const auto& [holder, line] : lines_) {
      if (!stays(line) || !line.before->percent || !line.after->percent) continue;
      const bool same = std::abs(*line.is - *line.was) <= rounding_;
      if (same && *line.before->percent - *line.after->percent > percent_rounding)
        emit({RegistryCode::dilution, holder, {}, CounterpartBasis::none, Extent::part, {}});
    }
  }

  void find_parts() {
    for (const auto& [holder, line] : lines_) {
      if (!line.was || !line.is) continue;
      const std::int64_t more = *line.is - *line.was;
      if (more > rounding_) came_.push_back({holder, more, !line.before});
      if (-more > rounding_) went_.push_back({holder, -more, !line.after});
    }
  }

  void take_flows() {
    for (const StakeFlow& flow : step_.flows) {
      const auto line = lines_.find(flow.holder);
      const bool gone = line == lines_.end() || !line->second.after;
      const bool is_new = line == lines_.end() || !line->second.before;
      if (flow.sold > 0) went_.push_back({flow.holder, flow.sold, gone});
      if (flow.bought > 0) came_.push_back({flow.holder, flow.bought, is_new});
      if (flow.issued > 0) add_money({flow.holder, flow.issued, is_new});
    }
  }

  void add_money(const Part& part) {
    explained_ += part.amount;
    emit({part.whole ? RegistryCode::invest : RegistryCode::increase,
          part.holder,
          {},
          CounterpartBasis::none,
          Extent::whole,
          part.amount});
  }

  void hand_over(const Part& from, InvestorId to, std::int64_t amount, bool all_of_it) {
    const Extent extent = from.whole && all_of_it ? Extent::whole : Extent::part;
    const bool one_house = same_house_(from.holder, to);
    const bool said = step_.says_replacement && extent == Extent::whole;
    if (one_house || said)
      emit({RegistryCode::replace, from.holder, to, one_house ? CounterpartBasis::same_house : CounterpartBasis::stated,
            extent, amount});
    else
      emit({RegistryCode::secondary, from.holder, to, CounterpartBasis::candidate, extent, amount});
  }

  bool equal(std::int64_t a, std::int64_t b, double allowed) const {
    const std::int64_t last_digit = unit_ == Unit::percent ? rounding_ : 100;
    return std::abs(a - b) <= last_digit || apart(a, b) <= allowed;
  }

  /// One went, one came, the amounts are equal.
  void match_pairs(double allowed) {
    if (went_.empty() || came_.empty()) return;
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    constexpr std::size_t most = 200;
    if (went_.size() <= most && came_.size() <= most) {
      constexpr double unmatched = 10;  // more pairs come before better pairs
      std::vector<std::vector<double>> cost(went_.size(), std::vector<double>(came_.size() + went_.size(), unmatched));
      for (std::size_t i = 0; i < went_.size(); ++i)
        for (std::size_t j = 0; j < came_.size(); ++j) {
          const double difference = apart(went_[i].amount, came_[j].amount);
          if (went_[i].holder == came_[j].holder || !equal(went_[i].amount, came_[j].amount, allowed)) continue;
          const double strange = same_house_(went_[i].holder, came_[j].holder) ? 0 : 1;
          const double uneven = went_[i].whole == came_[j].whole ? 0 : 0.01;
          cost[i][j] = strange + uneven + difference;
        }
      const std::vector<std::size_t> column_of = cheapest_assignment(cost);
      for (std::size_t i = 0; i < went_.size(); ++i)
        if (column_of[i] < came_.size() && cost[i][column_of[i]] < unmatched) pairs.emplace_back(i, column_of[i]);
    } else {
      const auto by_amount = [](const Part& a, const Part& b) { return a.amount < b.amount; };
      std::ranges::stable_sort(went_, by_amount), std::ranges::stable_sort(came_, by_amount);
      for (std::size_t i = 0, j = 0; i < went_.size() && j < came_.size();) {
        if (went_[i].holder != came_[j].holder && equal(went_[i].amount, came_[j].amount, allowed))
          pairs.emplace_back(i++, j++);
        else
          ++(went_[i].amount < came_[j].amount ? i : j);
      }
    }
    for (const auto& [i, j] : pairs) {
      hand_over(went_[i], came_[j].holder, went_[i].amount, true);
      explained_ += came_[j].amount - went_[i].amount;  // a difference within the tolerance is rounding
      went_[i].amount = came_[j].amount = 0;
    }
    drop_done();
  }

  void drop_done() {
    for (auto* parts : {&went_, &came_}) std::erase_if(*parts, [](const Part& part) { return part.amount <= 0; });
  }

  /// The subset of at least two parts whose sum is nearest to an amount, as bits; no bits if none is equal to it.
  std::pair<double, std::uint32_t> nearest_sum(std::int64_t amount, std::span<const Part> parts, double allowed) const {
    std::pair<double, std::uint32_t> best{1, 0};
    for (std::uint32_t subset = 1; subset < (1U << parts.size()); ++subset) {
      if ((subset & (subset - 1)) == 0) continue;
      std::int64_t sum = 0;
      for (std::size_t k = 0; k < parts.size(); ++k)
        if ((subset >> k & 1U) != 0) sum += parts[k].amount;
      const double difference = apart(amount, sum);
      if (equal(amount, sum, allowed) && difference < best.first) best = {difference, subset};
    }
    return best;
  }

  /// One amount is the sum of several on the other side; the best fit first.
  void match_sums(double allowed) {
    constexpr std::size_t most = 12;
    const auto largest = [most](std::vector<Part>& parts) {
      std::ranges::stable_sort(parts, [](const Part& a, const Part& b) { return a.amount > b.amount; });
      return std::span<Part>(parts).first(std::min(parts.size(), most));
    };
    while (!went_.empty() && !came_.empty()) {
      const std::span<Part> went = largest(went_), came = largest(came_);
      double least = 1;
      Part* one = nullptr;
      std::span<Part> others;
      std::uint32_t chosen = 0;
      for (const bool buyer : {true, false})
        for (Part& candidate : buyer ? came : went) {
          const auto [difference, subset] = nearest_sum(candidate.amount, buyer ? went : came, allowed);
          if (subset == 0 || difference >= least) continue;
          least = difference;
          one = &candidate;
          others = buyer ? went : came;
          chosen = subset;
        }
      if (one == nullptr) return;
      const bool buyer = others.data() == went.data();
      std::int64_t sum = 0;
      for (std::size_t k = 0; k < others.size(); ++k) {
        if ((chosen >> k & 1U) == 0) continue;
        sum += others[k].amount;
        if (buyer)
          hand_over(others[k], one->holder, others[k].amount, true);
        else
          hand_over(*one, others[k].holder, others[k].amount, true);
        others[k].amount = 0;
      }
      explained_ += buyer ? one->amount - sum : sum - one->amount;
      one->amount = 0;
      drop_done();
    }
  }

  void explain_rest() {
    const bool others_bought = !came_.empty() && !step_.says_buyback;
    std::int64_t offered = 0;
    for (const Part& part : went_) offered += part.amount;
    const bool stated = step_.capital_before && step_.capital_after;
    const bool paid_out =
        step_.says_buyback || !stated || equal(*step_.capital_before - *step_.capital_after, offered, tolerance);
    if (others_bought && came_.size() == 1 && !went_.empty() &&
        offered < came_[0].amount) {  // old shares and new ones in one closing
      for (const Part& part : went_) hand_over(part, came_[0].holder, part.amount, true);
      came_[0].amount -= offered;
      went_.clear();
    }
    for (const Part& part : came_) add_money(part);
    for (const Part& part : went_) {
      const Extent extent = part.whole ? Extent::whole : Extent::part;
      RegistryCode event = step_.says_buyback ? RegistryCode::buyback : RegistryCode::reduction;
      if (others_bought || !complete_ || !paid_out) event = part.whole ? RegistryCode::removed : RegistryCode::decrease;
      if (event == RegistryCode::buyback || event == RegistryCode::reduction) explained_ -= part.amount;
      emit({event, part.holder, {}, CounterpartBasis::none, extent, part.amount});
    }
  }

  /// Holders of whom only the name is known.
  void name_only() {
    std::vector<InvestorId> gone, come;
    for (const auto& [holder, line] : lines_) {
      if (line.was && line.is) continue;
      if (!line.after) gone.push_back(holder);
      if (!line.before) come.push_back(holder);
    }
    std::vector<bool> taken(come.size(), false);
    const bool alone = gone.size() == 1 && come.size() == 1;
    const bool same_capital = step_.capital_before == step_.capital_after;
    for (const InvestorId left : gone) {
      std::size_t heir = come.size();
      for (std::size_t at = 0; at < come.size() && heir == come.size(); ++at)
        if (!taken[at] && (same_house_(left, come[at]) || (alone && step_.says_replacement))) heir = at;
      if (heir == come.size()) {
        const bool candidate = alone && same_capital && !step_.says_buyback;
        const auto other = candidate ? std::optional(come[0]) : std::nullopt;
        const auto basis = candidate ? CounterpartBasis::candidate : CounterpartBasis::none;
        emit({step_.says_buyback ? RegistryCode::buyback : RegistryCode::removed,
              left,
              other,
              basis,
              Extent::whole,
              {}});
        continue;
      }
      taken[heir] = true;
      emit({RegistryCode::replace,
            left,
            come[heir],
            same_house_(left, come[heir]) ? CounterpartBasis::same_house : CounterpartBasis::stated,
            Extent::whole,
            {}});
    }
    for (std::size_t at = 0; at < come.size(); ++at) {
      if (taken[at]) continue;
      const bool candidate = alone && same_capital && !step_.says_buyback;
      const auto other = candidate ? std::optional(gone[0]) : std::nullopt;
      emit({RegistryCode::invest,
            come[at],
            other,
            candidate ? CounterpartBasis::candidate : CounterpartBasis::none,
            Extent::whole,
            {}});
    }
  }

  void balance() {
    if (!complete_) return;
    const bool stated = step_.capital_before && step_.capital_after;
    const std::int64_t change = stated ? *step_.capital_after - *step_.capital_before : total_after_ - total_before_;
    result_.residual = change - explained_;
    result_.unbalanced = std::abs(*result_.residual) > static_cast<std::int64_t>(lines_.size() + 1) * rounding_;
  }

  const RegisterStep& step_;
  const std::function<bool(InvestorId, InvestorId)>& same_house_;
  std::map<InvestorId, Line> lines_;
  Unit unit_ = Unit::none;
  bool complete_ = false;  // the capital of all is known
  std::int64_t total_before_ = 0, total_after_ = 0, rounding_ = 0;
  std::int64_t explained_ = 0;  // change of the capital by the events so far
  std::vector<Part> went_, came_;
  RegisterDiff result_;
};

}  // namespace

RegisterDiff diff_registers(const RegisterStep& step, const std::function<bool(InvestorId, InvestorId)>& same_house) {
  return Differ(step, same_house).run();
}

}  // namespace coinvest
