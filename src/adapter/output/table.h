#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "adapter/output/style.h"
#include "paint.h"

namespace migrate::output {

enum class Align { left, right };

/// What may happen to a column to fit the terminal.
enum class Fit {
  whole,
  cut,       ///< shortened
  left_out,  ///< whole, or not there at all where shortening the others is not enough
};

struct Column {
  std::string heading;
  Align align = Align::left;
  Fit fit = Fit::whole;
};

struct Cell {
  std::string text;  ///< safe to print; no line breaks
  Tone tone = Tone::plain;
};

/// Rows in aligned columns, two spaces apart; a column without any text is left out.
class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// As many cells as there are columns.
  void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }
  bool empty() const { return rows_.empty(); }

  /// Every line with `indent` spaces in front, a line break behind. On a terminal the widest column
  /// that may be cut is cut until the lines fit; then columns that may be left out are, the last
  /// one first.
  std::string text(const Style& style, std::size_t indent = 0) const;

 private:
  std::vector<std::size_t> natural_widths() const;
  void leave_out(std::vector<std::size_t>& widths, std::size_t room) const;
  void shrink(std::vector<std::size_t>& widths, std::size_t room) const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace migrate::output
