#include "diagram_layout.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace migrate::output {
namespace {

// What fits beside each other on a page.
constexpr std::size_t most_columns_of_untied = 4;

/// Longest way to a box that refers to nothing; an edge that closes a circle does not count.
class Columns {
 public:
  Columns(std::size_t boxes, const std::vector<DiagramEdge>& edges)
      : parents_(boxes), state_(boxes, State::unseen), column_(boxes, 0) {
    for (const DiagramEdge& edge : edges) {
      if (edge.from != edge.to) parents_[edge.from].push_back(edge.to);
    }
    for (std::size_t box = 0; box < boxes; ++box) visit(box);
  }

  std::size_t of(std::size_t box) const { return column_[box]; }

 private:
  enum class State { unseen, open, done };

  void visit(std::size_t box) {
    if (state_[box] != State::unseen) return;
    state_[box] = State::open;
    for (const std::size_t parent : parents_[box]) {
      if (state_[parent] == State::open) continue;
      visit(parent);
      column_[box] = std::max(column_[box], column_[parent] + 1);
    }
    state_[box] = State::done;
  }

  std::vector<std::vector<std::size_t>> parents_;
  std::vector<State> state_;
  std::vector<std::size_t> column_;
};

/// Sorts each column by the middle of what its boxes are tied to in the others, to and fro.
void order(std::map<std::size_t, std::vector<std::size_t>>& columns,
           const std::vector<DiagramEdge>& edges, std::vector<BoxPlace>& places) {
  const auto middle = [&](std::size_t box) {
    double sum = 0;
    std::size_t ties = 0;
    for (const DiagramEdge& edge : edges) {
      if (edge.from == edge.to || (edge.from != box && edge.to != box)) continue;
      sum += static_cast<double>(places[edge.from == box ? edge.to : edge.from].row);
      ++ties;
    }
    return ties == 0 ? static_cast<double>(places[box].row) : sum / static_cast<double>(ties);
  };
  constexpr int sweeps = 6;
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    for (auto& [column, boxes] : columns) {
      std::map<std::size_t, double> middles;
      for (const std::size_t box : boxes) middles[box] = middle(box);
      std::ranges::stable_sort(boxes, {}, [&](std::size_t box) { return middles[box]; });
      for (std::size_t row = 0; row < boxes.size(); ++row) places[boxes[row]].row = row;
    }
  }
}

}  // namespace

std::vector<BoxPlace> lay_out(std::size_t boxes, const std::vector<DiagramEdge>& edges) {
  std::vector<bool> tied(boxes, false);
  for (const DiagramEdge& edge : edges) tied[edge.from] = tied[edge.to] = true;
  const Columns column(boxes, edges);
  std::vector<BoxPlace> places(boxes);
  std::map<std::size_t, std::vector<std::size_t>> columns;
  for (std::size_t box = 0; box < boxes; ++box) {
    if (!tied[box]) continue;
    auto& own = columns[column.of(box)];
    places[box] = {.column = column.of(box), .row = own.size()};
    own.push_back(box);
  }
  order(columns, edges, places);
  std::size_t below = 0;
  for (const auto& [number, own] : columns) below = std::max(below, own.size());
  std::size_t untied = 0;
  for (std::size_t box = 0; box < boxes; ++box) {
    if (tied[box]) continue;
    places[box] = {.column = untied % most_columns_of_untied,
                   .row = below + untied / most_columns_of_untied};
    ++untied;
  }
  return places;
}

}  // namespace migrate::output
