// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace coinvest {

// Strong ids: passing a company where an investor is meant does not compile. An id is an index into the columns of
// its Dataset; ids follow the byte order of the canonical names, so that comparing ids compares names.
enum class InvestorId : std::uint32_t {};
enum class CompanyId : std::uint32_t {};
enum class RoundId : std::uint32_t {};
enum class ParticipationId : std::uint32_t {};
enum class FileId : std::uint32_t {};
enum class TextId : std::uint32_t {};

/// The column index that an id stands for.
template <typename Id>
constexpr std::size_t index(Id id) {
  return static_cast<std::size_t>(id);
}

/// The id of a column index; the caller has checked that it fits 32 bits.
template <typename Id>
constexpr Id id_of(std::size_t position) {
  return static_cast<Id>(static_cast<std::uint32_t>(position));
}

}  // namespace coinvest
