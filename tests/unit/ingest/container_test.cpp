// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ingest/container.hpp"

#include <zlib.h>
#include <zstd.h>

#include "catch.hpp"

using namespace coinvest;

namespace {

std::string gzip(const std::string& text) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string input = text;
  std::string output(deflateBound(&stream, text.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<unsigned char*>(input.data());
  stream.avail_in = static_cast<unsigned>(input.size());
  stream.next_out = reinterpret_cast<unsigned char*>(output.data());
  stream.avail_out = static_cast<unsigned>(output.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  output.resize(stream.total_out);
  deflateEnd(&stream);
  return output;
}

std::string zstd(const std::string& text) {
  std::string output(ZSTD_compressBound(text.size()), '\0');
  const std::size_t size = ZSTD_compress(output.data(), output.size(), text.data(), text.size(), 3);
  REQUIRE(ZSTD_isError(size) == 0);
  output.resize(size);
  return output;
}

/// Text that hardly shrinks, of more than one window.
std::string noise() {
  std::string text;
  std::uint64_t state = 1;
  while (text.size() < 300'000) text += std::to_string(state = state * 6364136223846793005U + 1442695040888963407U);
  return text;
}

}  // namespace

TEST_CASE("container: gzip and zstd by their first bytes, members joined") {
  const std::string text = noise();
  CHECK(unpack("a,b\n", "x.gz").value() == "a,b\n");
  CHECK(unpack("", "x").value().empty());
  CHECK(unpack(gzip(""), "x").value().empty());
  CHECK(unpack(gzip(text), "x.csv").value() == text);
  CHECK(unpack(gzip("a,b\n") + gzip(text), "x").value() == "a,b\n" + text);
  CHECK(unpack(zstd(text), "x").value() == text);
  CHECK(unpack(zstd("a") + zstd("b"), "x").value() == "ab");
}

TEST_CASE("container: damage is an error, never a part") {
  const std::string packed = gzip(noise());
  const std::string framed = zstd(noise());
  for (const std::string& bytes : {packed.substr(0, packed.size() - 1), packed.substr(0, 1000), packed.substr(0, 2),
                                   packed + "x", packed + std::string(4, '\0'), packed + packed.substr(0, 40),
                                   framed.substr(0, framed.size() - 1), framed.substr(0, 5), framed + "x"}) {
    const auto got = unpack(bytes, "x.gz");
    REQUIRE_FALSE(got);
    CHECK(got.error().kind == ErrorKind::input);
    CHECK(got.error().where.file == "x.gz");
  }
  std::string broken = packed;
  broken[packed.size() / 2] = static_cast<char>(broken[packed.size() / 2] ^ 0x55);
  CHECK_FALSE(unpack(broken, "x"));
}

TEST_CASE("container: bombs meet a limit") {
  const std::string zeros(8 << 20, '\0');
  CHECK(unpack(gzip(zeros), "x").error().kind == ErrorKind::limit);
  CHECK(unpack(zstd(zeros), "x").error().kind == ErrorKind::limit);
  CHECK(unpack(gzip(zeros.substr(0, 1 << 20)), "x").value().size() == 1 << 20);
  CHECK(unpack(gzip("0123456789"), "x", {9, 1 << 20, 200}).error().kind == ErrorKind::limit);
  CHECK(unpack(gzip("0123456789"), "x", {10, 1 << 20, 200}).value() == "0123456789");
}
