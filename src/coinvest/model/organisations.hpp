// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "coinvest/base/interner.hpp"
#include "coinvest/model/dataset_builder.hpp"

namespace coinvest {

/// The organisations of one side while rows come in. A row with an id is of the organisation with this id, under
/// whatever spelling. One without is of the first organisation of its name. Under Identity::exact ids say nothing, and
/// each spelling is an organisation.
class Organisations {
 public:
  explicit Organisations(Identity identity) : identity_(identity) {}

  enum class Use : std::uint8_t { counted, mentioned };

  /// The provisional number of an organisation, made on first sight.
  std::uint32_t add(const OrganisationName& organisation, SourceRow where, Use use);
  std::optional<std::uint32_t> find(const OrganisationName& organisation) const;
  std::optional<std::uint32_t> find_id(std::string_view id) const;
  std::optional<std::uint32_t> find_key(std::string_view key) const;

  /// What spellings of one name share.
  std::string_view key(std::uint32_t organisation) const {
    return text_of_key(key_of_[organisations_[organisation].spelling]);
  }
  /// The spelling that was read first.
  std::string_view name(std::uint32_t organisation) const {
    return spellings_.text(organisations_[organisation].spelling);
  }
  /// That of any name; of a spelling that was seen it costs no normalisation.
  std::string key_of(std::string_view name) const;
  /// "" if it has none.
  std::string_view id(std::uint32_t organisation) const;

  std::size_t size() const { return organisations_.size(); }

  struct Finished {
    std::vector<std::string> names;  ///< strictly ascending
    std::vector<std::uint32_t>
        position;                   ///< in `names`, per organisation; two without and with an id may have become one
    std::vector<Problem> problems;  ///< merged_name, homonym and ambiguous_name, in the column given
  };
  /// Chooses each organisation's spelling, and tells those of one name apart by their ids. What stands without an id
  /// under a name so made, as in a table that we wrote, is that organisation.
  Finished finish(std::string_view column);

 private:
  static constexpr std::uint32_t none = 0xffffffff;

  struct Organisation {
    std::uint32_t spelling;     // the first
    std::uint32_t id;           // none: rows without ids alone
    std::uint32_t joined_with;  // itself, or the one with an id that it turned out to be
  };
  /// One spelling of one organisation.
  struct Variant {
    std::uint32_t organisation, spelling;
    std::uint32_t uses = 0, without_id = 0;
    bool with_id = false;
    SourceRow first_seen, first_without_id;
  };

  std::uint32_t spelling_of(std::string_view name);
  std::uint32_t with_id(std::string_view id, std::uint32_t spelling);
  std::uint32_t without_id(std::uint32_t spelling);
  std::uint32_t make(std::uint32_t spelling, std::uint32_t id);
  Variant& variant(std::uint32_t organisation, std::uint32_t spelling, SourceRow where);
  std::uint32_t joined(std::uint32_t organisation) const { return organisations_[organisation].joined_with; }
  std::string_view text_of_key(std::uint32_t key) const {
    return identity_ == Identity::exact ? spellings_.text(key) : keys_.text(key);
  }
  std::string_view text(const Variant& variant) const { return spellings_.text(variant.spelling); }

  std::optional<std::uint32_t> find_told_apart(std::string_view name) const;
  void join_told_apart();
  std::vector<std::uint32_t> best_variants() const;
  void name_homonyms(const std::vector<std::uint32_t>& best, std::vector<std::uint32_t>& order, Finished& result) const;
  void report_ambiguous(const Finished& result, std::vector<Problem>& problems) const;

  Identity identity_;
  Interner spellings_, keys_, ids_;
  std::vector<std::uint32_t> key_of_;         // per spelling
  std::vector<std::uint32_t> first_variant_;  // per spelling
  std::vector<std::uint32_t> first_of_key_;   // per key: an organisation
  std::vector<std::uint32_t> with_id_;        // per id: an organisation
  std::vector<Organisation> organisations_;
  std::vector<Variant> variants_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> further_variants_;  // of a spelling, by organisation
};

}  // namespace coinvest
