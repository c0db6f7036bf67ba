// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace coinvest {

// The files of assets/ as they stood when the library was configured.
extern const std::string_view report_style;
extern const std::string_view report_script;
extern const std::string_view report_chinese;

}  // namespace coinvest
