// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coinvest {

/// Offset of the first byte that is not part of strict UTF-8 (no overlong forms, surrogates or values above U+10FFFF);
/// nothing if all of `text` is.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

/// `text` without white space at its ends: ASCII, no-break and ideographic spaces.
std::string_view trim(std::string_view text);

/// ASCII letters made small; everything else as it is.
std::string lower_ascii(std::string_view text);

/// The pieces between separators, untrimmed; "" gives one empty piece.
std::vector<std::string_view> split(std::string_view text, char separator);

/// The form under which two spellings of one name meet: NFKC, case folded, punctuation and blanks dropped,
/// zero-width characters dropped, legal suffixes (Inc, Ltd, L.P., 有限公司, 有限合伙, ...) cut from the end while
/// something remains. Never empty for a text that has a letter or digit; otherwise the NFKC text itself.
std::string match_key(std::string_view name);

/// The words that the match key is made of, without the blanks between them: "Intel Capital, Inc." gives intel and
/// capital. A Chinese name is one word. Empty for a text without letters and digits.
std::vector<std::string> match_words(std::string_view name);

/// The characters of valid UTF-8, each with its bytes.
std::vector<std::string_view> characters(std::string_view text);

/// Terminal columns that `text` takes: wide for East Asian wide and full-width, none for combining marks.
std::size_t display_width(std::string_view text);

/// `text` in lines of at most `columns` terminal columns, broken at blanks and behind Chinese punctuation; words longer
/// than that stay whole. 0: one line.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns);

/// `text` cut to at most `columns` terminal columns, ending in "…" if anything was cut.
std::string clip(std::string_view text, std::size_t columns);

/// A text as a field of a CSV record: in quotes only where RFC 4180 needs them.
std::string csv_field(std::string_view text);

/// A number of bytes as people say it: "64 KiB", "4 GiB", "65537 bytes".
std::string size_text(std::uint64_t bytes);

/// For terminals and messages: control, bidi-override and zero-width characters as visible escapes (`\x1b`, `\u202e`).
std::string visible(std::string_view text);

/// A part of a file name: letters and digits of any script and `-`, at most 80 bytes cut at a character, never empty,
/// never beginning with `-` or `.`.
std::string slug(std::string_view name);

/// True if a Han, kana or hangul character occurs.
bool has_cjk(std::string_view text);

/// Levenshtein distance in bytes, stopping at `limit + 1`. For "did you mean".
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// The candidate within distance 2 of `word` that is nearest, the first of equals; nothing if none is.
std::optional<std::string_view> nearest(std::string_view word, const std::vector<std::string_view>& candidates);
/// "; did you mean 'name'?" of the nearest candidate, for the end of an error; `otherwise` if none is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates,
                         std::string otherwise = {});

}  // namespace coinvest
