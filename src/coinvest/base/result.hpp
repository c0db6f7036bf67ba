// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace coinvest {

/// What kind of trouble the outside world caused. Bugs and exhausted memory are exceptions instead.
enum class ErrorKind : std::uint8_t {
  input,      ///< the bytes of an input cannot be read as what they claim to be
  io,         ///< the file system refused
  usage,      ///< the caller asked for something that does not exist or does not fit together
  limit,      ///< a stated limit would be exceeded
  cancelled,  ///< the stop flag was raised
  engine,     ///< a layout engine is missing, too slow, or gave back something else than a drawing
  numeric,    ///< an iteration did not converge
};

/// Where in the input something stands. Empty or zero fields are unknown; lines count physical lines from 1.
struct Place {
  std::string file;
  std::uint64_t line = 0;
  std::string column;
};

/// One lower-case sentence that names the value and what would be accepted, and where.
struct Error {
  ErrorKind kind = ErrorKind::input;
  std::string message;
  Place where = {};
};

template <typename T>
using Result = tl::expected<T, Error>;

/// Short for `tl::unexpected<Error>` with its fields in place.
inline tl::unexpected<Error> fail(ErrorKind kind, std::string message, Place where = {}) {
  return tl::unexpected<Error>(Error{kind, std::move(message), std::move(where)});
}

/// The name of a kind as machines read it: "input", "io", ...
std::string_view name_of(ErrorKind kind);

/// The error as one line of text: `file:line: column 'x': message`, leaving out what is unknown.
std::string describe(const Error& error);

}  // namespace coinvest
