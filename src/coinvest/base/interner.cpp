// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/interner.hpp"

#include <xxhash.h>

#include <random>

namespace coinvest {

std::size_t Interner::SeededHash::operator()(std::string_view text) const {
  return XXH3_64bits_withSeed(text.data(), text.size(), seed);
}

Interner::Interner() : numbers_(64, SeededHash{std::random_device{}()}) {}

std::pair<std::uint32_t, bool> Interner::add(std::string_view text) {
  if (const auto known = numbers_.find(text); known != numbers_.end()) return {known->second, false};
  const auto number = static_cast<std::uint32_t>(texts_.size());
  texts_.emplace_back(text);
  numbers_.emplace(texts_.back(), number);
  return {number, true};
}

std::optional<std::uint32_t> Interner::find(std::string_view text) const {
  const auto known = numbers_.find(text);
  return known == numbers_.end() ? std::nullopt : std::optional(known->second);
}

}  // namespace coinvest
