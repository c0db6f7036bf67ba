// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "coinvest/model/selection.hpp"
#include "coinvest/render/drawing.hpp"

namespace coinvest {

/// Makes older edges fainter: an edge between an investor and a company is as old as the investor's last deal there,
/// one between two investors as their last shared round, from 0 for the newest of the drawing to 1 for the oldest, by
/// the last day that a date may mean. Tooltips gain that date. Edges without one stay as they are, and so do all if
/// none is older than another. The nodes' ids are those of the data set. O(rounds of the drawn investors · edges each).
void add_ages(Drawing& drawing, const Deals& deals);

}  // namespace coinvest
