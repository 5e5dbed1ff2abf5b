#include "table.h"

#include <algorithm>

#include "text.h"

namespace migrate::output {

namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t narrowest = 12;  ///< less says nothing

}  // namespace

void Table::add(std::vector<Cell> row) {
  for (Cell& cell : row) append(std::move(cell));
}

void Table::append(Cell cell) {
  const std::size_t width = display_width(cell.text);
  cells_.push_back({std::move(cell), width});
}

void Table::append_line(std::string& out, const Measured* cells,
                        const std::vector<std::size_t>& widths, Colour colour) const {
  std::size_t pending = 0;  // spaces owed; never printed at the end of a line
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (widths[i] == 0) continue;
    const auto& [cell, natural] = cells[i];
    const bool fits = natural <= widths[i];
    const std::string cut = fits ? "" : shorten(cell.text, widths[i]);
    const std::string_view text = fits ? cell.text : cut;
    const std::size_t slack = widths[i] - (fits ? natural : display_width(cut));
    if (columns_[i].align == Align::right) pending += slack;
    if (!text.empty()) {
      out.append(pending, ' ');
      append_painted(out, text, cell.tone, colour);
      pending = 0;
    }
    pending += gap + (columns_[i].align == Align::left ? slack : 0);
  }
  out += '\n';
}

std::vector<std::size_t> Table::natural_widths() const {
  std::vector<std::size_t> widths(columns_.size(), 0);
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    std::size_t& widest = widths[i % columns_.size()];
    widest = std::max(widest, cells_[i].width);
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
  std::vector<Measured> headings;
  bool named = false;
  for (const Column& column : columns_) {
    headings.push_back({{column.heading, Tone::faint}, display_width(column.heading)});
    named = named || !column.heading.empty();
  }
  const auto append_row = [&](const Measured* cells) {
    out.append(indent, ' ');
    append_line(out, cells, widths, style.colour);
  };
  if (named && !cells_.empty()) append_row(headings.data());
  for (std::size_t i = 0; i < cells_.size(); i += columns_.size()) append_row(&cells_[i]);
  return out;
}

}  // namespace migrate::output
