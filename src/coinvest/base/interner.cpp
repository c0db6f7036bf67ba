// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/interner.hpp"

#include <xxhash.h>

#include <random>

namespace coinvest {

Interner::Interner() : seed_(std::random_device{}()), slots_(64) {}

std::uint64_t Interner::hash_of(std::string_view text) const {
  return XXH3_64bits_withSeed(text.data(), text.size(), seed_);
}

std::size_t Interner::slot_of(std::string_view text, std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  const auto part = static_cast<std::uint32_t>(hash >> 32U);
  std::size_t at = hash & mask;
  while (slots_[at].number != none && (slots_[at].hash != part || texts_[slots_[at].number] != text))
    at = (at + 1) & mask;
  return at;
}

void Interner::grow() {
  slots_.assign(2 * slots_.size(), {});
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t number = 0; number < texts_.size(); ++number) {
    const std::uint64_t hash = hash_of(texts_[number]);
    std::size_t at = hash & mask;
    while (slots_[at].number != none) at = (at + 1) & mask;
    slots_[at] = {number, static_cast<std::uint32_t>(hash >> 32U)};
  }
}

std::pair<std::uint32_t, bool> Interner::add(std::string_view text) {
  const std::uint64_t hash = hash_of(text);
  const std::size_t at = slot_of(text, hash);
  if (slots_[at].number != none) return {slots_[at].number, false};
  const auto number = static_cast<std::uint32_t>(texts_.size());
  texts_.emplace_back(text);
  slots_[at] = {number, static_cast<std::uint32_t>(hash >> 32U)};
  if (2 * texts_.size() > slots_.size()) grow();
  return {number, true};
}

std::optional<std::uint32_t> Interner::find(std::string_view text) const {
  const std::uint32_t number = slots_[slot_of(text, hash_of(text))].number;
  return number == none ? std::nullopt : std::optional(number);
}

}  // namespace coinvest
