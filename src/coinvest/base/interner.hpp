// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace coinvest {

/// Numbers distinct texts 0, 1, 2, ... in the order of their first appearance. The hash is seeded afresh for each
/// interner, so that no input can be prepared to collide; numbers never depend on it.
class Interner {
 public:
  Interner();

  /// The number of a text, and whether it is new.
  std::pair<std::uint32_t, bool> add(std::string_view text);
  std::optional<std::uint32_t> find(std::string_view text) const;
  const std::string& text(std::uint32_t number) const { return texts_[number]; }
  std::size_t size() const { return texts_.size(); }

 private:
  struct SeededHash {
    std::uint64_t seed;
    std::size_t operator()(std::string_view text) const;
  };
  std::deque<std::string> texts_;  // a deque: the keys of numbers_ point into it
  std::unordered_map<std::string_view, std::uint32_t, SeededHash> numbers_;
};

}  // namespace coinvest
