// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/strict_table.hpp"

#include <fmt/format.h>

#include <optional>
#include <vector>

#include "coinvest/base/file.hpp"
#include "coinvest/base/text.hpp"
#include "coinvest/ingest/container.hpp"
#include "coinvest/ingest/csv.hpp"
#include "coinvest/ingest/encoding.hpp"

namespace coinvest {

Result<void> read_strict_table(const std::string& path, std::span<const StrictColumn> columns,
                               const std::function<Result<void>(const StrictRow&)>& use) {
  const auto decoded = read_file(path)
                           .and_then([&](std::string bytes) { return unpack(std::move(bytes), path); })
                           .and_then([&](std::string bytes) { return decode_text(std::move(bytes), path); });
  if (!decoded) return tl::unexpected(decoded.error());
  auto reader = CsvReader::open(decoded->text, path);
  if (!reader) return tl::unexpected(reader.error());
  auto more = reader->next();
  if (more && !*more) return fail(ErrorKind::input, "no header: the file is empty", {path, 0, ""});
  if (!more) return tl::unexpected(more.error());

  const std::vector<std::string_view> header(reader->fields().begin(), reader->fields().end());
  std::vector<std::optional<std::size_t>> place(columns.size());
  for (std::size_t column = 0; column < columns.size(); ++column) {
    for (std::size_t at = 0; at < header.size(); ++at) {
      if (lower_ascii(trim(header[at])) != columns[column].name) continue;
      if (place[column])
        return fail(ErrorKind::input, fmt::format("two columns '{}'", columns[column].name), {path, 1, ""});
      place[column] = at;
    }
    if (!place[column] && columns[column].needed)
      return fail(ErrorKind::input, fmt::format("no column '{}'", columns[column].name), {path, 1, ""});
  }
  std::vector<std::string_view> cells(columns.size());
  for (more = reader->next(); more && *more; more = reader->next()) {
    const auto fields = reader->fields();
    const Place where{path, reader->line(), ""};
    if (fields.size() != header.size())
      return fail(ErrorKind::input, fmt::format("{} fields where the header has {}", fields.size(), header.size()),
                  where);
    for (std::size_t column = 0; column < columns.size(); ++column)
      cells[column] = place[column] ? trim(fields[*place[column]]) : std::string_view();
    if (auto used = use({cells, where}); !used) {
      Error error = used.error();
      if (error.where.file.empty()) error.where = where;
      return tl::unexpected(std::move(error));
    }
  }
  if (!more) return tl::unexpected(more.error());
  return {};
}

}  // namespace coinvest
