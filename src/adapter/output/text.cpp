#include "text.h"

#include <algorithm>

#include <fmt/format.h>

#include "code_points.h"

namespace migrate::output {

namespace {

/// Of most text: nothing but characters of one byte and one column.
bool is_plain(std::string_view text) {
  unsigned others = 0;  // to the end, without a branch: many characters at once
  for (const char c : text) others |= static_cast<unsigned char>(c - ' ') > '~' - ' ' ? 1U : 0U;
  return others == 0;
}

bool is_space(char32_t value) {
  return value == ' ' || value == '\t' || value == '\n' || value == '\r';
}

void append_safe(std::string& out, std::string_view bytes, const CodePoint& point) {
  if (!point.valid || (point.value < 0x80 && is_control(point.value))) {
    out += fmt::format("\\x{:02x}", static_cast<unsigned>(point.value));
  } else if (is_control(point.value)) {
    out += fmt::format("\\u{:04x}", static_cast<unsigned>(point.value));
  } else {
    out += bytes.substr(0, point.length);
  }
}

std::string safe_line(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    if (point.value == '\t') {
      out += "  ";
    } else {
      append_safe(out, text, point);
    }
    text.remove_prefix(point.length);
  }
  out.erase(out.find_last_not_of(' ') + 1);
  return out;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  if (is_plain(text)) return text.size();
  std::size_t width = 0;
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    width += point.valid ? columns(point.value) : 1;
    text.remove_prefix(point.length);
  }
  return width;
}

std::string shorten(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  if (width == 0) return {};
  std::size_t used = 0;
  std::size_t bytes = 0;
  while (bytes < text.size()) {
    const CodePoint point = first_code_point(text.substr(bytes));
    const std::size_t next = used + (point.valid ? columns(point.value) : 1);
    if (next > width - 1) break;
    used = next;
    bytes += point.length;
  }
  return std::string(text.substr(0, bytes)) + "…";
}

std::string one_line(std::string_view text) {
  const bool folded =
      !text.starts_with(' ') && !text.ends_with(' ') && text.find("  ") == std::string_view::npos;
  if (folded && is_plain(text)) return std::string(text);
  std::string out;
  bool space = false;
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    if (is_space(point.value)) {
      space = true;
    } else {
      if (space && !out.empty()) out += ' ';
      space = false;
      append_safe(out, text, point);
    }
    text.remove_prefix(point.length);
  }
  return out;
}

std::vector<std::string> safe_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back(safe_line(line));
    if (lines.size() == 1 && lines.back().empty()) lines.pop_back();
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

std::string wrap(std::string_view text, std::size_t width, std::size_t indent) {
  std::string out;
  std::size_t column = 0;
  while (!text.empty()) {
    const std::size_t end = text.find(' ');
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (word.empty()) continue;
    const std::size_t word_width = display_width(word);
    if (out.empty()) {
      column = 0;
    } else if (column + 1 + word_width <= width) {
      out += ' ';
      ++column;
    } else {
      out += '\n' + std::string(indent, ' ');
      column = indent;
    }
    out += word;
    column += word_width;
  }
  return out;
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t used = display_width(text);
  return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

}  // namespace migrate::output
