// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/archive.hpp"

#include <fmt/format.h>
#include <zip.h>

#include "coinvest/base/text.hpp"

namespace coinvest {
namespace {

constexpr zip_int64_t most_entries = 10'000;

struct CloseEntry {
  void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};

tl::unexpected<Error> refuse(std::string what, const std::string& file) {
  return fail(ErrorKind::input, std::move(what), {file, 0, ""});
}

}  // namespace

void Archive::Discard::operator()(zip* archive) const {
  zip_discard(archive);
}

Result<Archive> Archive::open(std::string_view bytes, const std::string& file, UnpackLimits limits) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* opened = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  if (opened == nullptr) {
    if (source != nullptr) zip_source_free(source);
    const std::string why = zip_error_strerror(&error);
    zip_error_fini(&error);
    return refuse(fmt::format("the ZIP archive is damaged: {}", why), file);
  }
  zip_error_fini(&error);
  Archive archive(opened, bytes.size(), file, limits);
  if (zip_get_num_entries(opened, 0) > most_entries) {
    return fail(ErrorKind::limit, fmt::format("an archive of more than {} entries", most_entries), {file, 0, ""});
  }
  return archive;
}

Result<std::optional<std::string>> Archive::entry(const std::string& name) {
  const zip_int64_t index = zip_name_locate(archive_.get(), name.c_str(), ZIP_FL_NOCASE);
  if (index < 0) return std::nullopt;
  const std::unique_ptr<zip_file_t, CloseEntry> opened(
      zip_fopen_index(archive_.get(), static_cast<zip_uint64_t>(index), 0));
  if (!opened) {
    const bool password = zip_error_code_zip(zip_get_error(archive_.get())) == ZIP_ER_NOPASSWD;
    return refuse(password ? "the archive has a password; save the workbook without"
                           : fmt::format("'{}' in the archive cannot be read", visible(name)),
                  *file_);
  }
  std::string content;
  std::string window(std::size_t{64} << 10, '\0');
  while (true) {
    const zip_int64_t count = zip_fread(opened.get(), window.data(), window.size());
    if (count < 0) return refuse(fmt::format("'{}' in the archive is damaged", visible(name)), *file_);
    if (count == 0) return content;
    content.append(window, 0, static_cast<std::size_t>(count));
    unpacked_ += static_cast<std::uint64_t>(count);
    if (auto fits = within_limits(unpacked_, size_, limits_, *file_); !fits) return tl::unexpected(fits.error());
  }
}

}  // namespace coinvest
