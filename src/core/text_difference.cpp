#include "core/text_difference.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace migrate::core {
namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

std::vector<DifferenceLine> compare_lines(std::string_view before, std::string_view after) {
  const auto a = lines_of(before);
  const auto b = lines_of(after);
  // Longest common subsequence: common[i][j] is its length for the lines from i and from j on.
  std::vector<std::vector<std::size_t>> common(a.size() + 1,
                                               std::vector<std::size_t>(b.size() + 1, 0));
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      common[i][j] =
          a[i] == b[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
    }
  }
  std::vector<DifferenceLine> lines;
  using Kind = DifferenceLine::Kind;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      lines.push_back({Kind::both, std::string(a[i++])});
      ++j;
    } else if (i < a.size() && (j == b.size() || common[i + 1][j] >= common[i][j + 1])) {
      lines.push_back({Kind::before, std::string(a[i++])});
    } else {
      lines.push_back({Kind::after, std::string(b[j++])});
    }
  }
  return lines;
}

std::string text_difference(std::string_view before, std::string_view after) {
  std::string difference;
  for (const DifferenceLine& line : compare_lines(before, after)) {
    if (line.kind == DifferenceLine::Kind::both) continue;
    difference +=
        fmt::format("{} {}\n", line.kind == DifferenceLine::Kind::before ? '-' : '+', line.text);
  }
  return difference;
}

}  // namespace migrate::core
