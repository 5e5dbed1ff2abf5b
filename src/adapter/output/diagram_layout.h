#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace migrate::output {

struct DiagramEdge {
  std::size_t from = 0;  ///< box that refers
  std::size_t to = 0;    ///< box that is referred to
};

struct BoxPlace {
  std::size_t column = 0;  ///< from the left; 0: refers to nothing that is further left
  std::size_t row = 0;
};

/// Layers from left to right: a box stands right of those that it refers to, as far as circles
/// allow; in a column near those that it is tied to. Boxes without an edge stand below the others,
/// row by row. The same input gives the same places.
std::vector<BoxPlace> lay_out(std::size_t boxes, const std::vector<DiagramEdge>& edges);

}  // namespace migrate::output
