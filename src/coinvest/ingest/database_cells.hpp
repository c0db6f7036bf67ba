// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>
#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "coinvest/base/text.hpp"
#include "coinvest/ingest/sqlite.hpp"
#include "coinvest/model/records.hpp"

namespace coinvest {

// How values of records lie in columns of a database; for database.cpp. Each `Stored<T>` says which columns a value
// takes (the end of their names, and their type), fills their cells, and reads them back: false if they hold no such
// value. Nothing said is NULL.

struct StoredPart {
  std::string_view suffix, type;
};

template <typename T>
struct Stored;

template <>
struct Stored<std::string> {
  static constexpr std::array parts{StoredPart{"", "TEXT"}};
  static void store(const std::string& value, SqlCell* cells) {
    if (!value.empty()) cells[0] = value;
  }
  static bool load(const SqlCell* cells, std::string& value) {
    if (std::holds_alternative<std::monostate>(cells[0])) return true;
    const auto* text = std::get_if<std::string>(&cells[0]);
    if (text == nullptr || text->find('\0') != std::string::npos || first_invalid_utf8(*text)) return false;
    value = *text;
    return true;
  }
};

template <std::integral T>
struct Stored<T> {
  static constexpr std::array parts{StoredPart{"", "INTEGER"}};
  static void store(T value, SqlCell* cells) { cells[0] = static_cast<std::int64_t>(value); }
  static bool load(const SqlCell* cells, T& value) {
    const auto* whole = std::get_if<std::int64_t>(&cells[0]);
    if (whole == nullptr || std::cmp_less(*whole, std::numeric_limits<T>::min()) ||
        std::cmp_greater(*whole, std::numeric_limits<T>::max()))
      return false;
    value = static_cast<T>(*whole);
    return true;
  }
};

template <>
struct Stored<bool> {
  static constexpr std::array parts{StoredPart{"", "INTEGER"}};
  static void store(bool value, SqlCell* cells) { cells[0] = std::int64_t{value}; }
  static bool load(const SqlCell* cells, bool& value) {
    const auto* whole = std::get_if<std::int64_t>(&cells[0]);
    if (whole == nullptr || (*whole != 0 && *whole != 1)) return false;
    value = *whole == 1;
    return true;
  }
};

template <>
struct Stored<double> {
  static constexpr std::array parts{StoredPart{"", "REAL"}};
  static void store(double value, SqlCell* cells) { cells[0] = value; }
  static bool load(const SqlCell* cells, double& value) {
    const auto* number = std::get_if<double>(&cells[0]);
    if (number == nullptr || !std::isfinite(*number)) return false;
    value = *number;
    return true;
  }
};

/// Places count from 0, ids from 1.
template <>
struct Stored<RowNumber> {
  static constexpr std::array parts{StoredPart{"", "INTEGER"}};
  static void store(RowNumber value, SqlCell* cells) { cells[0] = static_cast<std::int64_t>(value) + 1; }
  static bool load(const SqlCell* cells, RowNumber& value) {
    std::uint32_t id = 0;
    if (!Stored<std::uint32_t>::load(cells, id) || id == 0) return false;
    value = static_cast<RowNumber>(id - 1);
    return true;
  }
};

template <>
struct Stored<Day> {
  static constexpr std::array parts{StoredPart{"", "TEXT"}};
  static void store(Day value, SqlCell* cells) { cells[0] = format_day(value); }
  static bool load(const SqlCell* cells, Day& value) {
    const auto* text = std::get_if<std::string>(&cells[0]);
    if (text == nullptr) return false;
    const auto date = parse_date(*text);
    if (!date || date->low != date->high || format_day(date->low) != *text) return false;
    value = date->low;
    return true;
  }
};

template <typename T>
struct Stored<std::optional<T>> {
  static constexpr auto parts = Stored<T>::parts;
  static void store(const std::optional<T>& value, SqlCell* cells) {
    if (value) Stored<T>::store(*value, cells);
  }
  static bool load(const SqlCell* cells, std::optional<T>& value) {
    if (std::holds_alternative<std::monostate>(cells[0])) return true;
    return Stored<T>::load(cells, value.emplace());
  }
};

template <>
struct Stored<DateInterval> {
  static constexpr std::array parts{StoredPart{"_low", "TEXT"}, StoredPart{"_high", "TEXT"}};
  static void store(const DateInterval& value, SqlCell* cells) {
    if (!value.known()) return;
    Stored<Day>::store(value.low, cells);
    Stored<Day>::store(value.high, cells + 1);
  }
  static bool load(const SqlCell* cells, DateInterval& value) {
    std::optional<Day> low, high;
    if (!Stored<std::optional<Day>>::load(cells, low) || !Stored<std::optional<Day>>::load(cells + 1, high))
      return false;
    if (!low && !high) return true;
    if (!low || !high || *low > *high) return false;
    value = {*low, *high};
    return true;
  }
};

template <>
struct Stored<Currency> {
  static constexpr std::array parts{StoredPart{"", "TEXT"}};
  static void store(const Currency& value, SqlCell* cells) { Stored<std::string>::store(value.text(), cells); }
  static bool load(const SqlCell* cells, Currency& value) {
    std::string code;
    if (!Stored<std::string>::load(cells, code)) return false;
    if (!code.empty() && (code.size() != 3 || code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != code.npos))
      return false;
    value = Currency(code);
    return true;
  }
};

template <Worded Enum>
struct Stored<Enum> {
  static constexpr std::array parts{StoredPart{"", "TEXT"}};
  static void store(Enum value, SqlCell* cells) { Stored<std::string>::store(std::string(name_of(value)), cells); }
  static bool load(const SqlCell* cells, Enum& value) {
    std::string word;
    if (!Stored<std::string>::load(cells, word)) return false;
    const auto found = called<Enum>(word);
    if (found) value = *found;
    return found.has_value();
  }
};

template <>
struct Stored<Lead> {
  static constexpr std::array parts{StoredPart{"", "INTEGER"}};
  static void store(Lead value, SqlCell* cells) {
    if (value != Lead::unknown) Stored<bool>::store(value == Lead::yes, cells);
  }
  static bool load(const SqlCell* cells, Lead& value) {
    std::optional<bool> lead;
    if (!Stored<std::optional<bool>>::load(cells, lead)) return false;
    value = !lead ? Lead::unknown : *lead ? Lead::yes : Lead::no;
    return true;
  }
};

template <>
struct Stored<Amount> {
  static constexpr std::array parts{StoredPart{"_low", "INTEGER"}, StoredPart{"_high", "INTEGER"},
                                    StoredPart{"_precision", "TEXT"}, StoredPart{"_currency", "TEXT"}};
  static void store(const Amount& value, SqlCell* cells) {
    cells[0] = value.low;
    if (value.high != Amount::unbounded) cells[1] = value.high;
    Stored<Precision>::store(value.precision, cells + 2);
    Stored<Currency>::store(value.currency, cells + 3);
  }
  static bool load(const SqlCell* cells, Amount& value) {
    std::optional<std::int64_t> high;
    if (!Stored<std::int64_t>::load(cells, value.low) || !Stored<std::optional<std::int64_t>>::load(cells + 1, high) ||
        !Stored<Precision>::load(cells + 2, value.precision) || !Stored<Currency>::load(cells + 3, value.currency))
      return false;
    value.high = high.value_or(Amount::unbounded);
    // A bucket reaches to ten times its text.
    return 0 <= value.low && value.low <= value.high && value.low <= Amount::largest &&
           (!high || *high <= 10 * Amount::largest) && (value.precision != Precision::exact || value.low == value.high);
  }
};

template <>
struct Stored<SourceRow> {
  static constexpr std::array parts{StoredPart{"_file", "INTEGER"}, StoredPart{"_line", "INTEGER"}};
  static void store(const SourceRow& value, SqlCell* cells) {
    Stored<RowNumber>::store(static_cast<RowNumber>(value.file), cells);
    Stored<std::uint32_t>::store(value.line, cells + 1);
  }
  static bool load(const SqlCell* cells, SourceRow& value) {
    RowNumber file{};
    if (!Stored<RowNumber>::load(cells, file) || !Stored<std::uint32_t>::load(cells + 1, value.line)) return false;
    value.file = static_cast<FileId>(file);
    return true;
  }
};

}  // namespace coinvest
