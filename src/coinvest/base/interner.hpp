// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace coinvest {

/// Numbers distinct texts 0, 1, 2, ... in the order of their first appearance. The hash is seeded afresh for each
/// interner, so that no input can be prepared to collide; numbers never depend on it.
class Interner {
 public:
  Interner();

  /// The number of a text, and whether it is new.
  std::pair<std::uint32_t, bool> add(std::string_view text);
  std::optional<std::uint32_t> find(std::string_view text) const;
  /// Holds as long as the interner.
  std::string_view text(std::uint32_t number) const { return texts_[number]; }
  std::size_t size() const { return texts_.size(); }

 private:
  static constexpr std::uint32_t none = 0xffffffff;

  /// The hash beside the number: most texts that differ are told apart without a look at them, and none is looked at to
  /// move its slot.
  struct Slot {
    std::uint32_t number = none, hash = 0;
  };

  std::uint32_t hash_of(std::string_view text) const;
  /// The slot that holds the text, or the free one where it belongs.
  std::size_t slot_of(std::string_view text, std::uint32_t hash) const;
  std::string_view stored(std::string_view text);
  void grow();

  std::uint64_t seed_;
  std::vector<std::unique_ptr<char[]>> blocks_;  // the bytes of the texts, one behind the other
  char* free_ = nullptr;                         // in the last block
  std::size_t left_ = 0;                         // bytes there
  std::vector<std::string_view> texts_;
  std::vector<Slot> slots_;  // a power of two, at most half of them taken
};

}  // namespace coinvest
