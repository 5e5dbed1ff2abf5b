#include "table.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "text.h"

namespace migrate::output {

namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t narrowest = 12;  ///< less says nothing

}  // namespace

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {
  for (const Column& column : columns_) append({column.heading, Tone::faint});
}

void Table::expect(std::size_t rows) {
  constexpr std::size_t bytes_a_row = 64;
  cells_.reserve(cells_.size() + rows * columns_.size());
  texts_.reserve(texts_.size() + rows * bytes_a_row);
}

void Table::add(const std::vector<Cell>& row) {
  for (const Cell& cell : row) append(cell);
}

void Table::append(const Cell& cell) {
  cells_.push_back({.begin = texts_.size(),
                    .bytes = cell.text.size(),
                    .width = display_width(cell.text),
                    .tone = cell.tone});
  texts_ += cell.text;
}

void Table::append_line(std::string& out, const Measured* cells,
                        const std::vector<std::size_t>& widths, Colour colour) const {
  std::size_t pending = 0;  // spaces owed; never printed at the end of a line
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (widths[i] == 0) continue;
    const auto& [begin, bytes, natural, tone] = cells[i];
    const std::string_view whole = std::string_view(texts_).substr(begin, bytes);
    const bool fits = natural <= widths[i];
    const std::string cut = fits ? "" : shorten(whole, widths[i]);
    const std::string_view text = fits ? whole : cut;
    const std::size_t slack = widths[i] - (fits ? natural : display_width(cut));
    if (columns_[i].align == Align::right) pending += slack;
    if (!text.empty()) {
      out.append(pending, ' ');
      append_painted(out, text, tone, colour);
      pending = 0;
    }
    pending += gap + (columns_[i].align == Align::left ? slack : 0);
  }
  out += '\n';
}

std::vector<std::size_t> Table::natural_widths() const {
  std::vector<std::size_t> widths(columns_.size(), 0);
  for (std::size_t i = columns_.size(); i < cells_.size(); ++i) {
    std::size_t& widest = widths[i % columns_.size()];
    widest = std::max(widest, cells_[i].width);
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (widths[i] > 0) widths[i] = std::max(widths[i], cells_[i].width);
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

  const bool named =
      std::ranges::any_of(columns_, [](const Column& column) { return !column.heading.empty(); });
  std::string out;
  if (empty()) return out;
  out.reserve(2 * texts_.size());
  for (std::size_t i = named ? 0 : columns_.size(); i < cells_.size(); i += columns_.size()) {
    out.append(indent, ' ');
    append_line(out, &cells_[i], widths, style.colour);
  }
  return out;
}

}  // namespace migrate::output
