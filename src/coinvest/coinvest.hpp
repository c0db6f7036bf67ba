// SPDX-License-Identifier: Apache-2.0
#pragma once

/// The public interface: read, select, build a graph, measure, cluster, draw, print. Until version 1.0 a minor version
/// may change it, and says so in the CHANGELOG; a patch never does. The other headers are installed, too, for those who
/// need them, but may change with any version. Everything is thread-safe unless its docstring says otherwise, and
/// nothing prints, exits, or reads the clock or the environment.

#include "coinvest/base/context.hpp"
#include "coinvest/base/file.hpp"
#include "coinvest/base/result.hpp"
#include "coinvest/base/table.hpp"
#include "coinvest/centrality/measure.hpp"
#include "coinvest/clusters/method.hpp"
#include "coinvest/exits/events.hpp"
#include "coinvest/graph/bipartite.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "coinvest/graph/named.hpp"
#include "coinvest/ingest/read.hpp"
#include "coinvest/model/dataset.hpp"
#include "coinvest/model/selection.hpp"
#include "coinvest/render/dot.hpp"
#include "coinvest/render/layout.hpp"
#include "coinvest/render/views.hpp"
#include "coinvest/report/format.hpp"
