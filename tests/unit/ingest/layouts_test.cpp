// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <set>

#include "catch.hpp"
#include "coinvest/base/file.hpp"
#include "coinvest/ingest/layout.hpp"
#include "coinvest/ingest/read.hpp"

using namespace coinvest;

namespace {

const std::string folder = COINVEST_SOURCE_DIR "/tests/data/layouts/";

std::string shown(const Amount& amount) {
  if (!amount.disclosed()) return "?";
  const std::string high = amount.high == Amount::unbounded ? "" : format_minor(amount.high);
  return format_minor(amount.low) + (amount.low == amount.high ? "" : ".." + high) + " " + amount.currency.text();
}

/// The whole data set as lines: what a golden file holds.
std::string dump(const Dataset& data) {
  std::string text;
  for (std::size_t i = 0; i < data.companies.size(); ++i) {
    text += "company " + data.companies.name[i];
    const auto at = [&](const std::vector<std::string>& column) { return i < column.size() ? column[i] : ""; };
    text += " | " + at(data.companies.sector) + " | " + at(data.companies.country) + " | " + at(data.companies.status);
    text += "\n";
  }
  const Rounds& rounds = data.rounds;
  for (std::size_t r = 0; r < rounds.size(); ++r) {
    text += "round " + data.text(rounds.id[r]) + " | " + data.name(rounds.company[r]) + " | " +
            data.text(rounds.label[r]) + " = " + data.text(rounds.stage[r]) + " | " + format_date(rounds.announced[r]) +
            " | " + shown(rounds.amount[r]) + " | " + data.text(rounds.sector[r]) + " | " +
            data.text(rounds.country[r]) + " | " + data.place(rounds.source[r]);
    if (rounds.pre_money[r].disclosed()) text += " | worth " + shown(rounds.pre_money[r]);
    if (rounds.post_money[r].disclosed()) text += " | then worth " + shown(rounds.post_money[r]);
    if (rounds.unknown_participants[r] > 0) text += " | unknown " + std::to_string(rounds.unknown_participants[r]);
    if (rounds.incomplete[r] != 0) text += " | incomplete";
    text += "\n";
    for (std::size_t p = 0; p < data.participations.size(); ++p) {
      if (index(data.participations.round[p]) != r) continue;
      const Lead lead = data.participations.lead[p];
      text += "  " + data.name(data.participations.investor[p]) +
              (lead == Lead::yes  ? " leads"
               : lead == Lead::no ? " follows"
                                  : "") +
              "\n";
    }
  }
  for (const ExitRow& exit : data.exits) {
    text += "exit " + data.name(exit.company) + " | " + exit.event + " | " + format_date(exit.date) + " | " +
            exit.acquirer + " | " + shown(exit.amount) + "\n";
  }
  for (const Alias& alias : data.aliases) {
    text += "alias " + data.name(alias.alias) + " -> " + data.name(alias.canonical) +
            (alias.level == AliasLevel::group ? " (group)" : "") + "\n";
  }
  for (const Attribute& attribute : data.attributes) {
    if (attribute.entry.kind != EntryKind::investor) continue;
    text += "said of " + data.investors.name[attribute.entry.index] + " | " + data.text(attribute.column) + " | " +
            data.text(attribute.value) + "\n";
  }
  for (const auto& [investor, company] : data.same_as) {
    text += "same " + data.name(investor) + " | " + data.name(company) + "\n";
  }
  for (const Problem& problem : data.problems) {
    text += "problem " + data.place(problem.where) + " | " + problem.column + " | " +
            std::string(name_of(problem.kind)) + " | " + problem.text + "\n";
  }
  return text;
}

Result<Dataset> read(const std::string& name) {
  ReadOptions options;
  if (name == "crunchbase-2013") options.encoding = "macintosh";
  return read_dataset(std::vector<std::string>{folder + name}, options, {});
}

}  // namespace

TEST_CASE("layouts: every vendor's export is read as its golden file says") {
  std::set<std::string> seen;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".golden")) continue;
    CAPTURE(name);
    const auto data = read(name);
    if (!data) FAIL_CHECK(data.error().message);
    if (!data) continue;
    const auto golden = read_file(folder + entry.path().stem().string() + ".golden");
    CHECK(dump(*data) == golden.value_or(""));
    seen.insert(entry.path().stem().string());
  }
  for (const TableLayout& table : table_layouts()) {
    CAPTURE(table.layout);
    if (table.is_vendor()) CHECK(seen.contains(std::string(table.layout)));
  }
}

TEST_CASE("layouts: the tables of one export may be given one by one, in any order") {
  for (const std::string name : {"crunchbase", "crunchbase-2016", "crunchbase-2013-sql"}) {
    CAPTURE(name);
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder + name)) paths.push_back(entry.path().string());
    std::sort(paths.rbegin(), paths.rend());
    const auto data = read_dataset(paths, {}, {});
    REQUIRE(data);
    const Dataset in_folder = read(name).value();
    CHECK(data->companies.name == in_folder.companies.name);
    CHECK(data->participations.investor == in_folder.participations.investor);
    CHECK(data->problems.size() == in_folder.problems.size());
  }
}

TEST_CASE("layouts: lists of deals tell companies of one name apart by their ids") {
  const auto companies = [](std::string text) { return read_bytes(std::move(text), "x.csv", {}, {})->companies.name; };
  CHECK(companies("Deal ID,Companies,Company ID,Deal Date,Investors\n1,Acme,10-1,2020,A\n2,Acme,20-2,2021,A\n") ==
        std::vector<std::string>{"Acme", "Acme (20-2)"});
  CHECK(companies("Organization Name,Organization Name URL,Announced Date,Investor Names\n"
                  "Acme,https://crunchbase.example/organization/acme,2020,A\n"
                  "Acme,https://crunchbase.example/organization/acme-2,2021,A\n") ==
        std::vector<std::string>{"Acme", "Acme (acme-2)"});
}

TEST_CASE("layouts: a header is that of one vendor's table alone") {
  for (const TableLayout& table : table_layouts()) {
    if (!table.is_vendor()) continue;
    std::vector<std::string_view> header;
    std::set<Field> taken;
    for (const auto fields : {table.needed, table.optional}) {
      for (const Field field : fields) {
        for (const Header& known : table.headers) {
          if (known.field == field && taken.insert(field).second) header.push_back(known.text);
        }
      }
    }
    CAPTURE(table.layout, table.file);
    CHECK(recognise(header, "") == &table);
    CHECK(recognise(header, table.layout) == &table);
  }
}

TEST_CASE("layouts: tables of different vendors are not mixed") {
  const std::vector<std::string> paths{folder + "pitchbook.csv", folder + "defillama.csv"};
  CHECK(read_dataset(paths, {}, {}).error().message.find("cannot be mixed") != std::string::npos);
  ReadOptions options;
  options.input_format = "pitchbook";
  CHECK_FALSE(read_dataset(std::vector<std::string>{folder + "defillama.csv"}, options, {}));
}

TEST_CASE("layouts: write golden files anew", "[.golden]") {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".golden")) continue;
    REQUIRE(
        write_file(folder + entry.path().stem().string() + ".golden", dump(read(name).value()), Overwrite::replace));
  }
}
