// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/interner.hpp"

#include <xxhash.h>

#include <algorithm>
#include <random>

namespace coinvest {

Interner::Interner() : seed_(std::random_device{}()), slots_(64) {}

std::uint32_t Interner::hash_of(std::string_view text) const {
  return static_cast<std::uint32_t>(XXH3_64bits_withSeed(text.data(), text.size(), seed_));
}

std::size_t Interner::slot_of(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].number != none && (slots_[at].hash != hash || texts_[slots_[at].number] != text))
    at = (at + 1) & mask;
  return at;
}

std::string_view Interner::stored(std::string_view text) {
  constexpr std::size_t smallest = std::size_t{1} << 10;
  constexpr std::size_t doublings = 10;
  if (text.size() > left_) {
    left_ = std::max(text.size(), smallest << std::min(blocks_.size(), doublings));
    free_ = blocks_.emplace_back(std::make_unique_for_overwrite<char[]>(left_)).get();
  }
  char* const begin = free_;
  free_ = std::ranges::copy(text, begin).out;
  left_ -= text.size();
  return {begin, text.size()};
}

void Interner::grow() {
  std::vector<Slot> grown(2 * slots_.size());
  const std::size_t mask = grown.size() - 1;
  for (const Slot& slot : slots_) {
    if (slot.number == none) continue;
    std::size_t at = slot.hash & mask;
    while (grown[at].number != none) at = (at + 1) & mask;
    grown[at] = slot;
  }
  slots_ = std::move(grown);
}

std::pair<std::uint32_t, bool> Interner::add(std::string_view text) {
  const std::uint32_t hash = hash_of(text);
  const std::size_t at = slot_of(text, hash);
  if (slots_[at].number != none) return {slots_[at].number, false};
  const auto number = static_cast<std::uint32_t>(texts_.size());
  texts_.push_back(stored(text));
  slots_[at] = {number, hash};
  if (2 * texts_.size() > slots_.size()) grow();
  return {number, true};
}

std::optional<std::uint32_t> Interner::find(std::string_view text) const {
  if (texts_.empty()) return std::nullopt;
  const std::uint32_t number = slots_[slot_of(text, hash_of(text))].number;
  return number == none ? std::nullopt : std::optional(number);
}

}  // namespace coinvest
