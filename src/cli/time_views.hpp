// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/drawings.hpp"

namespace coinvest::cli {

/// What became of one company's rounds and holders.
Result<Drawing> timeline(const ViewInput& input);

/// The windows side by side; `draw_all` draws them all in one, and `input.place` says where. Fails (usage): more than
/// 24 windows, no tie in any. Fails as the graphs and `input.place` do.
Result<Drawing> storyboard_of(const ViewInput& input, Result<Drawing> (*draw_all)(const ViewInput&));

}  // namespace coinvest::cli
