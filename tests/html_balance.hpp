// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace coinvest::tests {

/// What is wrong with the tags of a page: "" if each one opened is closed in its turn, attributes are quoted, ids
/// unique and no `<` or `>` stands loose. Stricter than HTML, for pages of ours.
inline std::string html_problem(std::string_view page) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-:";
  std::vector<std::string> open, ids;
  const auto take = [&](std::size_t size) {
    const std::string_view taken = page.substr(0, size);
    page.remove_prefix(taken.size());
    return taken;
  };
  constexpr std::string_view doctype = "<!DOCTYPE html>";
  if (!page.starts_with(doctype)) return "no doctype";
  take(doctype.size());
  while (true) {
    const std::string_view text = take(page.find('<'));
    if (text.find('>') != std::string_view::npos) return "a loose > in: " + std::string(text.substr(0, 60));
    if (page.empty()) return open.empty() ? "" : "never closed: " + open.back();
    take(1);
    if (page.starts_with('/')) {
      take(1);
      const std::string name(take(page.find_first_not_of(letters)));
      if (open.empty() || open.back() != name || take(1) != ">") return "closed out of turn: " + name;
      open.pop_back();
      continue;
    }
    const std::string name(take(page.find_first_not_of(letters)));
    if (name.empty()) return "a loose < before: " + std::string(page.substr(0, 60));
    bool closes_itself = name == "meta" || name == "link" || name == "input";
    while (!page.starts_with('>')) {
      if (page.starts_with("/>")) {
        closes_itself = true;
        take(1);
        break;
      }
      if (take(1) != " ") return "no blank before an attribute of " + name;
      const std::string attribute(take(page.find_first_not_of(letters)));
      if (attribute.empty() || attribute.starts_with("on")) return "attribute '" + attribute + "' of " + name;
      if (take(2) != "=\"") return "an attribute without quotes: " + attribute;
      const std::string value(take(page.find('"')));
      if (value.find_first_of("<>") != std::string::npos) return "markup in " + attribute;
      if (attribute == "id") {
        for (const std::string& id : ids)
          if (id == value) return "twice: id " + id;
        ids.push_back(value);
      }
      take(1);
    }
    take(1);
    if (name == "script" || name == "style") {  // raw text until its end tag
      take(page.find("</" + name));
      if (page.empty()) return "never closed: " + name;
    }
    if (!closes_itself) open.push_back(name);
  }
}

}  // namespace coinvest::tests
