# SPDX-License-Identifier: Apache-2.0
add_executable(coinvest_bench EXCLUDE_FROM_ALL bench.cpp graph_file.cpp)
target_link_libraries(coinvest_bench PRIVATE coinvest::coinvest coinvest_build_flags fmt::fmt)

# Libraries of algorithms that we could have used instead, in programs as small as possible.
add_executable(boost_graph EXCLUDE_FROM_ALL rivals/boost_graph.cpp graph_file.cpp)
target_link_libraries(boost_graph PRIVATE coinvest::coinvest fmt::fmt Boost::headers)

find_library(GRAPHBLAS graphblas)
if(GRAPHBLAS)
  add_executable(graphblas EXCLUDE_FROM_ALL rivals/graphblas.cpp graph_file.cpp)
  target_link_libraries(graphblas PRIVATE coinvest::coinvest fmt::fmt ${GRAPHBLAS})
endif()
