#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace migrate::core {

enum class SqlPart {
  plain,  ///< white space, names without quotes, marks
  keyword,
  name,  ///< in backticks, or in double quotes where they are that
  string,
  number,
  comment,  ///< and the marks of a conditional one
};

/// A stretch of a text; offsets in bytes.
struct SqlSpan {
  SqlPart part = SqlPart::plain;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The whole text, in order and without gaps, for showing it. What cannot be read is plain.
std::vector<SqlSpan> highlight(std::string_view sql);

}  // namespace migrate::core
