#include "audit/key_limits.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "ascii.h"

namespace migrate::core::audit {
namespace {

// https://dev.mysql.com/doc/refman/9.7/en/innodb-limits.html, of pages of 16 KB
constexpr std::uint64_t longest_key = 3072;
constexpr std::uint64_t longest_part_of_old_formats = 767;
// https://dev.mysql.com/doc/refman/9.7/en/column-count-limit.html
constexpr std::uint64_t longest_row = 65535;
constexpr std::uint64_t most_of_a_number = 8;
constexpr std::uint64_t pointer_to_a_long_value = 12;

std::uint64_t length_of(const schema::Column& column) {
  const std::size_t open = column.type.find('(');
  std::uint64_t length = 1;
  if (open != std::string::npos)
    std::from_chars(column.type.data() + open + 1, column.type.data() + column.type.size(), length);
  return length;
}

/// Most bytes of a value; of a part of it, if `prefix` says so.
std::uint64_t bytes_of(const schema::Column& column, std::uint64_t prefix) {
  const bool text = column.data_type == "char" || column.data_type == "varchar";
  const bool binary = column.data_type == "binary" || column.data_type == "varbinary";
  if (prefix > 0) return prefix * bytes_of_character(column.charset);
  if (text || binary) return length_of(column) * bytes_of_character(column.charset);
  const bool apart = column.data_type.ends_with("text") || column.data_type.ends_with("blob");
  return apart ? pointer_to_a_long_value : most_of_a_number;
}

}  // namespace

unsigned bytes_of_character(const std::string& charset) {
  // SHOW CHARACTER SET, without those of one byte.
  static constexpr std::array<std::pair<std::string_view, unsigned>, 17> sizes{{{"utf8mb4", 4},
                                                                                {"utf8mb3", 3},
                                                                                {"utf8", 3},
                                                                                {"utf16", 4},
                                                                                {"utf16le", 4},
                                                                                {"utf32", 4},
                                                                                {"gb18030", 4},
                                                                                {"ujis", 3},
                                                                                {"eucjpms", 3},
                                                                                {"ucs2", 2},
                                                                                {"gbk", 2},
                                                                                {"gb2312", 2},
                                                                                {"big5", 2},
                                                                                {"sjis", 2},
                                                                                {"cp932", 2},
                                                                                {"euckr", 2},
                                                                                {"", 1}}};
  for (const auto& [name, bytes] : sizes) {
    if (name == charset) return bytes;
  }
  return 1;
}

TooLong too_long(const schema::Table& table, const std::string& row_format) {
  const bool old = to_upper(row_format) == "COMPACT" || to_upper(row_format) == "REDUNDANT";
  for (const schema::Index& index : table.indexes) {
    const bool ordered =
        index.kind == schema::IndexKind::btree || index.kind == schema::IndexKind::hash;
    if (!ordered) continue;
    std::uint64_t bytes = 0;
    for (const schema::IndexPart& part : index.parts) {
      const schema::Column* column = table.find_column(part.column);
      if (column == nullptr) continue;
      const std::uint64_t of_part = bytes_of(*column, part.prefix);
      bytes += of_part;
      if (old && of_part > longest_part_of_old_formats) {
        return {fmt::format("{} in index {} would take {} bytes, and {} of {} rows", column->name,
                            index.name, of_part, longest_part_of_old_formats, to_upper(row_format)),
                &index};
      }
    }
    if (bytes > longest_key) {
      return {fmt::format("index {} would take {} bytes, and {} is the most", index.name, bytes,
                          longest_key),
              &index};
    }
  }
  std::uint64_t bytes = 0;
  for (const schema::Column& column : table.columns) bytes += bytes_of(column, 0);
  if (bytes > longest_row)
    return {fmt::format("a row would take {} bytes, and {} is the most", bytes, longest_row),
            nullptr};
  return {};
}

}  // namespace migrate::core::audit
