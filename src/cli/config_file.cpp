// SPDX-License-Identifier: Apache-2.0
#include "cli/config_file.hpp"

#include <memory>
#include <string>
#include <vector>

#include "cli/toml_options.hpp"
#include "coinvest/base/file.hpp"

namespace coinvest::cli {
namespace {

template <typename T>
T or_throw(Result<T> result) {
  if (!result) throw ConfigFileError{result.error()};
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// In place of CLI11's reader, which knows neither all of TOML nor where a key stands.
class TomlConfig final : public CLI::Config {
 public:
  explicit TomlConfig(const CLI::App& app) : app_(app) {}

  std::vector<CLI::ConfigItem> from_config(std::istream&) const override {
    const auto path = app_.get_config_ptr()->as<std::string>();
    const toml::table table = or_throw(parse_toml(or_throw(read_file(path)), path));
    or_throw(check_keys(
        table, option_keys(app_, [](std::string_view name) { return name != "config" && name != "help"; }), path));
    std::vector<CLI::ConfigItem> given;
    for (const auto& [key, value] : table) {
      const std::string name(key.str());
      auto values = values_for(*app_.get_option("--" + name), or_throw(texts_of(value, path)));
      if (!values.empty()) given.push_back({{}, name, std::move(values)});
    }
    return given;
  }

  std::string to_config(const CLI::App*, bool, bool, std::string) const override { return {}; }

 private:
  const CLI::App& app_;
};

}  // namespace

void add_config_option(CLI::App& app) {
  app.config_formatter(std::make_shared<TomlConfig>(app));
  app.set_config("--config", "",
                 "Options by their long names, in TOML: sector = \"gpu\"; those of the command line go first")
      ->type_name("FILE.toml");
}

}  // namespace coinvest::cli
