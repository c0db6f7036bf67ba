// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/container.hpp"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <memory>
#include <string_view>

namespace coinvest {
namespace {

using namespace std::string_view_literals;
constexpr std::string_view gzip_magic = "\x1f\x8b"sv;
constexpr std::string_view zstd_magic = "\x28\xb5\x2f\xfd"sv;
constexpr std::size_t window = std::size_t{64} << 10;

tl::unexpected<Error> damaged(std::string what, const std::string& file) {
  return fail(ErrorKind::input, std::move(what), {file, 0, ""});
}

struct InflateEnd {
  void operator()(z_stream* stream) const { inflateEnd(stream); }
};

/// What the last bytes of gzip data say that they unpack to, within what tables do.
std::uint64_t size_hint(std::string_view bytes) {
  constexpr std::uint64_t usual_ratio = 16;
  std::uint64_t size = 0;
  for (std::size_t back = 1; back <= std::min<std::size_t>(4, bytes.size()); ++back)
    size = size << 8U | static_cast<unsigned char>(bytes[bytes.size() - back]);
  return std::min(size, usual_ratio * bytes.size());
}

Result<std::string> gunzip(const std::string& bytes, const std::string& file, const UnpackLimits& limits) {
  z_stream stream{};
  constexpr int gzip_only = 15 + 16;
  if (inflateInit2(&stream, gzip_only) != Z_OK) return damaged("gzip cannot be set up", file);
  const std::unique_ptr<z_stream, InflateEnd> guard(&stream);

  std::string output;
  output.reserve(std::min(size_hint(bytes), limits.bytes));
  std::size_t fed = 0;  // zlib counts in 32 bits: the input goes in by windows
  std::string buffer(window, '\0');
  std::string chunk;
  while (true) {
    if (stream.avail_in == 0 && fed < bytes.size()) {
      chunk.assign(bytes, fed, window);
      fed += chunk.size();
      stream.next_in = reinterpret_cast<unsigned char*>(chunk.data());
      stream.avail_in = static_cast<unsigned>(chunk.size());
    }
    stream.next_out = reinterpret_cast<unsigned char*>(buffer.data());
    stream.avail_out = static_cast<unsigned>(buffer.size());
    const int status = inflate(&stream, Z_NO_FLUSH);
    const std::size_t produced = buffer.size() - stream.avail_out;
    output.append(buffer, 0, produced);
    const std::size_t used = fed - stream.avail_in;
    if (auto fits = within_limits(output.size(), used, limits, file); !fits) return tl::unexpected(fits.error());
    if (status == Z_STREAM_END) {
      if (used == bytes.size()) return output;
      if (!std::string_view(bytes).substr(used).starts_with(gzip_magic)) {
        return damaged(fmt::format("the gzip data end at byte {}, and something else follows", used), file);
      }
      if (inflateReset(&stream) != Z_OK) return damaged("gzip cannot be set up", file);
    } else if (status == Z_BUF_ERROR || (status == Z_OK && produced == 0 && used == bytes.size())) {
      return damaged("the gzip data are truncated", file);
    } else if (status != Z_OK) {
      return damaged("the gzip data are damaged", file);
    }
  }
}

struct FreeStream {
  void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};

Result<std::string> unzstd(const std::string& bytes, const std::string& file, const UnpackLimits& limits) {
  const std::unique_ptr<ZSTD_DStream, FreeStream> stream(ZSTD_createDStream());
  if (!stream) return damaged("zstd cannot be set up", file);
  std::string output;
  std::string buffer(window, '\0');
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  while (true) {
    ZSTD_outBuffer out{buffer.data(), buffer.size(), 0};
    const std::size_t status = ZSTD_decompressStream(stream.get(), &out, &in);
    if (ZSTD_isError(status) != 0) {
      return damaged(fmt::format("the zstd data are damaged: {}", ZSTD_getErrorName(status)), file);
    }
    output.append(buffer, 0, out.pos);
    if (auto fits = within_limits(output.size(), in.pos, limits, file); !fits) return tl::unexpected(fits.error());
    if (in.pos == in.size && status == 0) return output;
    if (in.pos == in.size && out.pos < out.size) return damaged("the zstd data are truncated", file);
  }
}

}  // namespace

Result<std::string> unpack(std::string bytes, const std::string& file, UnpackLimits limits) {
  if (bytes.starts_with(gzip_magic)) return gunzip(bytes, file, limits);
  if (bytes.starts_with(zstd_magic)) return unzstd(bytes, file, limits);
  return bytes;
}

}  // namespace coinvest
