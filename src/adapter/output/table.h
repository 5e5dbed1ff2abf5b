#pragma once

#include <concepts>
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
  explicit Table(std::vector<Column> columns);

  /// About as many rows are going to be added.
  void expect(std::size_t rows);
  /// As many cells as there are columns.
  template <std::same_as<Cell>... Cells>
  void add(const Cells&... row) {
    (append(row), ...);
  }
  void add(const std::vector<Cell>& row);
  bool empty() const { return cells_.size() == columns_.size(); }

  /// Every line with `indent` spaces in front, a line break behind. On a terminal the widest column
  /// that may be cut is cut until the lines fit; then columns that may be left out are, the last
  /// one first.
  std::string text(const Style& style, std::size_t indent = 0) const;

 private:
  /// A cell whose text is a piece of `texts_`: a history has thousands of rows.
  struct Measured {
    std::size_t begin;
    std::size_t bytes;
    std::size_t width;  ///< in columns of a terminal
    Tone tone;
  };

  void append(const Cell& cell);
  /// `cells` are those of a row.
  void append_line(std::string& out, const Measured* cells, const std::vector<std::size_t>& widths,
                   Colour colour) const;
  std::vector<std::size_t> natural_widths() const;
  void leave_out(std::vector<std::size_t>& widths, std::size_t room) const;
  void shrink(std::vector<std::size_t>& widths, std::size_t room) const;

  std::vector<Column> columns_;
  std::vector<Measured> cells_;  ///< row by row; the first are the headings
  std::string texts_;            ///< of all cells
};

}  // namespace migrate::output
