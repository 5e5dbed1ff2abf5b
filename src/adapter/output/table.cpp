#include "table.h"

#include <algorithm>

#include "text.h"

namespace migrate::output {

namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t narrowest = 12;  ///< less says nothing

void append_line(std::string& out, const std::vector<Column>& columns,
                 const std::vector<Cell>& cells, const std::vector<std::size_t>& widths,
                 Colour colour) {
  std::size_t pending = 0;  // spaces owed; never printed at the end of a line
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (widths[i] == 0) continue;
    const std::size_t natural = display_width(cells[i].text);
    const bool fits = natural <= widths[i];
    const std::string cut = fits ? "" : shorten(cells[i].text, widths[i]);
    const std::string_view text = fits ? cells[i].text : cut;
    const std::size_t slack = widths[i] - (fits ? natural : display_width(cut));
    if (columns[i].align == Align::right) pending += slack;
    if (!text.empty()) {
      out.append(pending, ' ');
      append_painted(out, text, cells[i].tone, colour);
      pending = 0;
    }
    pending += gap + (columns[i].align == Align::left ? slack : 0);
  }
  out += '\n';
}

}  // namespace

std::vector<std::size_t> Table::natural_widths() const {
  std::vector<std::size_t> widths(columns_.size(), 0);
  for (const std::vector<Cell>& row : rows_) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i].text));
    }
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (widths[i] > 0) widths[i] = std::max(widths[i], display_width(columns_[i].heading));
  }
  return widths;
}

void Table::leave_out(std::vector<std::size_t>& widths, std::size_t room) const {
  const auto least_total = [&] {
    std::size_t total = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::size_t least =
          columns_[i].fit == Fit::cut ? std::min(widths[i], narrowest) : widths[i];
      total += least == 0 ? 0 : least + gap;
    }
    return total - std::min(total, gap);
  };
  for (std::size_t i = columns_.size(); i-- > 0 && least_total() > room;) {
    if (columns_[i].fit == Fit::left_out) widths[i] = 0;
  }
}

void Table::shrink(std::vector<std::size_t>& widths, std::size_t room) const {
  leave_out(widths, room);
  std::size_t total = 0;
  for (const std::size_t width : widths) total += width == 0 ? 0 : width + gap;
  total -= std::min(total, gap);
  while (total > room) {
    std::size_t* widest = nullptr;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].fit != Fit::cut || widths[i] <= narrowest) continue;
      if (widest == nullptr || widths[i] > *widest) widest = &widths[i];
    }
    if (widest == nullptr) return;
    --*widest;
    --total;
  }
}

std::string Table::text(const Style& style, std::size_t indent) const {
  std::vector<std::size_t> widths = natural_widths();
  if (style.medium != Medium::file) shrink(widths, style.width - std::min(indent, style.width));

  std::string out;
  std::vector<Cell> headings;
  bool named = false;
  for (const Column& column : columns_) {
    headings.push_back({column.heading, Tone::faint});
    named = named || !column.heading.empty();
  }
  const auto append = [&](const std::vector<Cell>& row) {
    out.append(indent, ' ');
    append_line(out, columns_, row, widths, style.colour);
  };
  if (named && !rows_.empty()) append(headings);
  for (const std::vector<Cell>& row : rows_) append(row);
  return out;
}

}  // namespace migrate::output
