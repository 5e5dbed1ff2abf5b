#include "made_value.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include <fmt/format.h>

#include "ascii.h"
#include "id_name.h"
#include "token_cursor.h"

namespace migrate::core::rehearsal {
namespace {

// Above what steps give their own rows, where the type has room for it.
constexpr std::uint64_t first_id = 1'000'000;
constexpr std::uint64_t first_distinct = 1000;
constexpr std::uint64_t first_of_few = 20;
constexpr std::uint64_t longest_text = 2000;

/// https://prng.di.unimi.it/splitmix64.c
std::uint64_t scrambled(std::uint64_t number) {
  number += 0x9e3779b97f4a7c15U;
  number = (number ^ (number >> 30U)) * 0xbf58476d1ce4e5b9U;
  number = (number ^ (number >> 27U)) * 0x94d049bb133111ebU;
  return number ^ (number >> 31U);
}

Value plain(std::string text) {
  return {Value::Kind::plain, std::move(text)};
}

std::optional<double> number_of(std::string_view word) {
  double value = 0;
  const auto parsed = std::from_chars(word.data(), word.data() + word.size(), value);
  if (parsed.ec != std::errc() || parsed.ptr != word.data() + word.size()) return std::nullopt;
  return value;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

struct Range {
  std::int64_t least = 0;
  std::uint64_t greatest = 0;
};

/// https://dev.mysql.com/doc/refman/8.4/en/integer-types.html
Range range_of(const schema::Column& column) {
  unsigned bits = 32;
  if (column.data_type == "tinyint") bits = 8;
  if (column.data_type == "smallint") bits = 16;
  if (column.data_type == "mediumint") bits = 24;
  if (column.data_type == "bigint") bits = 64;
  if (column.is_unsigned) {
    return {
        0, bits == 64 ? std::numeric_limits<std::uint64_t>::max() : (std::uint64_t{1} << bits) - 1};
  }
  const std::uint64_t half = std::uint64_t{1} << (bits - 1);
  return {bits == 64 ? std::numeric_limits<std::int64_t>::min() : -static_cast<std::int64_t>(half),
          half - 1};
}

/// Characters that a column can hold beside ASCII.
std::vector<std::string_view> letters_of(const std::string& charset) {
  if (charset == "latin1") return {"é", "ü", "ß"};
  if (charset == "utf8mb3" || charset == "utf8") return {"é", "ł", "茶"};
  if (charset == "utf8mb4") return {"é", "茶", "🍵"};
  return {};
}

/// "k3f": a word for each number.
std::string word_of(std::uint64_t number) {
  constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyz";
  std::string word;
  do {
    word.insert(word.begin(), digits[number % digits.size()]);
    number /= digits.size();
  } while (number > 0);
  return word;
}

/// (5,2) of "decimal(5,2) unsigned"
std::vector<std::uint64_t> sizes_of(const std::string& type) {
  std::vector<std::uint64_t> sizes;
  const auto open = type.find('(');
  if (open == std::string::npos) return sizes;
  for (std::size_t at = open + 1; at < type.size() && is_digit(type[at]);) {
    std::uint64_t size = 0;
    const auto parsed = std::from_chars(type.data() + at, type.data() + type.size(), size);
    sizes.push_back(size);
    at = static_cast<std::size_t>(parsed.ptr - type.data());
    if (type[at] != ',') break;
    ++at;
  }
  return sizes;
}

}  // namespace

std::uint64_t mixed(std::uint64_t number, std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return scrambled(scrambled(number) ^ hash);
}

bool mentions_column(std::string_view expression, std::string_view column) {
  const std::string sought = to_lower(column);
  TokenCursor cursor(expression, {});
  while (!cursor.at_end()) {
    if (cursor.at_name() && cursor.text().front() != '\'') {
      if (to_lower(cursor.take_text()) == sought) return true;
    } else {
      cursor.advance();
    }
  }
  return false;
}

ValueMaker::ValueMaker(std::string_view table, const schema::Column& column,
                       const std::vector<std::string>& checks, Repeats repeats, std::uint64_t rows,
                       const ColumnProfile* profile)
    : column_(column),
      salt_(fmt::format("{}.{}", table, column.name)),
      repeats_(repeats),
      rows_(std::max<std::uint64_t>(rows, 1)),
      profile_(profile) {
  const std::vector<std::uint64_t> sizes = sizes_of(column.type);
  if (!sizes.empty()) length_ = sizes[0];
  if (sizes.size() > 1) scale_ = sizes[1];
  for (const std::string& check : checks) learn(check);
  if (column.data_type == "json") json_ = true;
  if (column.data_type == "enum" || column.data_type == "set") {
    words_.clear();
    TokenCursor cursor(std::string_view(column.type).substr(column.data_type.size()), {});
    while (!cursor.at_end()) {
      if (cursor.kind() == TokenKind::string) {
        words_.push_back(cursor.take_text());
      } else {
        cursor.advance();
      }
    }
  }
}

/// What a column is compared with in a check is what may be in it, or a bound of it.
void ValueMaker::learn(std::string_view check) {
  TokenCursor cursor(check, {});
  std::string comparison;  // in front of the token: "<=", "IN", "BETWEEN"
  bool negative = false;
  while (!cursor.at_end()) {
    if (cursor.at("JSON_VALID")) json_ = true;
    const std::string_view token = cursor.text();
    const bool introducer = token.starts_with('_');
    const auto number = number_of(token);
    if (cursor.kind() == TokenKind::string) {
      const std::string text = cursor.take_text();
      if (comparison == "=" || comparison == "IN") words_.push_back(text);
      continue;
    }
    if (number) {
      learn_number(negative ? -*number : *number, comparison);
    } else if (cursor.at_mark('<') || cursor.at_mark('>') || cursor.at_mark('=') ||
               cursor.at_mark('!')) {
      if (comparison == "IN" || comparison == "BETWEEN") comparison.clear();
      comparison += token;
    } else if (cursor.at("IN") || cursor.at("BETWEEN")) {
      comparison = to_upper(token);
    } else if (comparison == "BETWEEN" && cursor.at("AND")) {
      comparison = "=";
    } else if (!introducer && !cursor.at_mark('(') && !cursor.at_mark(',') &&
               !cursor.at_mark('-')) {
      comparison.clear();
    }
    negative = cursor.at_mark('-');
    cursor.advance();
  }
}

void ValueMaker::learn_number(double number, std::string_view comparison) {
  if (comparison.empty() || comparison == "<>" || comparison == "!=") return;
  const bool below = comparison.starts_with('<');
  const bool above = comparison.starts_with('>');
  if (comparison == "<") number -= 1;
  if (comparison == ">") number += 1;
  if (!below) least_ = least_ && !above ? std::min(*least_, number) : number;
  if (!above) greatest_ = greatest_ && !below ? std::max(*greatest_, number) : number;
}

/// A whole number that the checks let pass, as far as they were understood.
double ValueMaker::bounded(std::uint64_t roll) const {
  constexpr double room = 99;
  const double least = least_.value_or(std::min(0.0, greatest_.value_or(0) - room));
  const double greatest = std::max(least, greatest_.value_or(least + room));
  return least + std::fmod(static_cast<double>(roll >> 11U), greatest - least + 1);
}

Value ValueMaker::value(std::uint64_t row) const {
  const std::uint64_t chance = mixed(row, salt_ + "?") % 100;
  const double nulls = profile_ != nullptr ? profile_->null_share * 100 : 20;
  if (column_.nullable && static_cast<double>(chance) < nulls) return {};
  // Of a column that repeats, one of a few.
  std::uint64_t choices = std::max<std::uint64_t>(rows_ / 3, 2);
  if (profile_ != nullptr && profile_->distinct > 0) choices = profile_->distinct;
  const std::uint64_t pick =
      repeats_ == Repeats::never ? row : mixed(row, salt_) % std::min(choices, rows_ + 1);
  const std::string& type = column_.data_type;
  if (type == "bit") return plain(fmt::format("b'{}'", mixed(pick, salt_) % 2));
  if (json_) return {Value::Kind::text, fmt::format(R"({{"n": {}}})", pick)};
  if (type == "enum" || type == "set") return listed(pick);
  if (is_one_of(type, {"tinyint", "smallint", "mediumint", "int", "integer", "bigint"}))
    return number(pick, row);
  if (is_one_of(type, {"decimal", "numeric", "float", "double", "real"}))
    return fraction(pick, row);
  if (is_one_of(type, {"date", "datetime", "timestamp", "time", "year"})) return time(pick, row);
  if (type.ends_with("blob") || type.ends_with("binary")) return bytes(pick, row);
  if (type == "uuid") {
    const std::uint64_t low = repeats_ == Repeats::never ? pick : mixed(pick, salt_);
    return {Value::Kind::text, fmt::format("00000000-0000-4000-8000-{:012x}", low % (1ULL << 48U))};
  }
  if (type == "inet4" || type == "inet6") {
    const std::string address = fmt::format("10.0.{}.{}", pick / 256 % 256, pick % 256);
    return {Value::Kind::text, type == "inet4" ? address : "::ffff:" + address};
  }
  if (is_one_of(type, {"point", "geometry", "linestring", "polygon", "multipoint",
                       "multilinestring", "multipolygon", "geometrycollection", "geomcollection"}))
    return geometry(row);
  return text(pick, row);
}

Value ValueMaker::number(std::uint64_t pick, std::uint64_t row) const {
  const Range range = range_of(column_);
  const auto fit = [&](double wanted) {
    const double value =
        std::clamp(wanted, static_cast<double>(range.least), static_cast<double>(range.greatest));
    return plain(fmt::format("{:.0f}", value));
  };
  if (is_bounded())
    return fit(bounded(repeats_ == Repeats::never ? row << 11U : mixed(pick, salt_ + "#")));
  if (repeats_ == Repeats::never) {
    std::uint64_t base = first_of_few;
    if (range.greatest > 10 * first_distinct) base = first_distinct;
    if (range.greatest > 10 * first_id) base = first_id;
    return fit(static_cast<double>((base + row) % (range.greatest - 1) + 1));
  }
  const std::uint64_t roll = mixed(pick, salt_ + "#");
  if (profile_ != nullptr && profile_->least && profile_->greatest) {
    const double width = *profile_->greatest - *profile_->least + 1;
    return fit(*profile_->least + std::fmod(static_cast<double>(roll >> 11U), width));
  }
  // Both ends of the type are where conversions break. An id is counted, and never negative: a
  // signed one that becomes UNSIGNED holds.
  if (roll % 20 == 0) return plain(fmt::format("{}", range.greatest));
  if (roll % 20 == 1) return plain(fmt::format("{}", is_id_name(column_.name) ? 0 : range.least));
  return fit(static_cast<double>(pick % 120));
}

Value ValueMaker::fraction(std::uint64_t pick, std::uint64_t row) const {
  const bool exact = column_.data_type == "decimal" || column_.data_type == "numeric";
  const std::uint64_t digits = exact ? std::min<std::uint64_t>(length_ - scale_, 15) : 6;
  const double most = std::pow(10.0, static_cast<double>(digits)) - 1;
  double whole = static_cast<double>(
      repeats_ == Repeats::never ? row + 1 : mixed(pick, salt_ + "#") % 1'000'000);
  if (profile_ != nullptr && profile_->least && profile_->greatest && repeats_ == Repeats::often) {
    whole = *profile_->least + std::fmod(whole, *profile_->greatest - *profile_->least + 1);
  }
  if (is_bounded())
    whole = bounded(repeats_ == Repeats::never ? row << 11U : mixed(pick, salt_ + "#"));
  whole = std::clamp(whole, column_.is_unsigned ? 0.0 : -most, most);
  if (exact && scale_ == 0) return plain(fmt::format("{:.0f}", whole));
  const std::uint64_t tenths = mixed(pick, salt_ + ".") % 10;
  return plain(fmt::format("{:.0f}.{}", whole, is_bounded() ? 0 : tenths));
}

std::uint64_t ValueMaker::text_length(std::uint64_t pick) const {
  std::uint64_t room = length_ > 0 ? length_ : 200;
  if (column_.data_type == "tinytext") room = 60;
  room = std::min(room, longest_text);
  const std::uint64_t roll = mixed(pick, salt_ + "l");
  // A number that a text is compared with is the length of it.
  if (is_bounded()) {
    const double length = bounded(roll);
    return std::min<std::uint64_t>(room, length > 0 ? static_cast<std::uint64_t>(length) : 0);
  }
  if (profile_ != nullptr && profile_->longest) {
    const std::uint64_t shortest = profile_->shortest.value_or(0);
    const std::uint64_t width = *profile_->longest - std::min(shortest, *profile_->longest) + 1;
    return std::min(room, shortest + roll % width);
  }
  if (roll % 10 == 0) return room;
  if (roll % 10 == 1) return 0;
  return std::min(room, 3 + roll % 18);
}

Value ValueMaker::text(std::uint64_t pick, std::uint64_t row) const {
  if (!words_.empty() && repeats_ == Repeats::often)
    return {Value::Kind::text, words_[pick % words_.size()]};
  std::uint64_t length = text_length(pick);
  std::string text;
  std::uint64_t used = 0;
  if (repeats_ == Repeats::never) {
    text = word_of(first_distinct + row);
    used = text.size();
    length = std::max(length, used);
    if (length_ > 0) length = std::min({length, length_, longest_text});
    if (used > length) return {Value::Kind::text, text.substr(used - length)};
  }
  const auto letters = letters_of(column_.charset);
  for (; used < length; ++used) {
    const std::uint64_t roll = mixed(pick * 4096 + used, salt_ + "c");
    if (!letters.empty() && roll % 16 == 0) {
      text += letters[roll / 16 % letters.size()];
    } else {
      text += static_cast<char>('a' + roll % 26);
    }
  }
  return {Value::Kind::text, std::move(text)};
}

Value ValueMaker::bytes(std::uint64_t pick, std::uint64_t row) const {
  std::uint64_t length = std::min<std::uint64_t>(text_length(pick), 200);
  if (column_.data_type == "binary") length = std::min(length_, longest_text);
  std::string bytes;
  if (repeats_ == Repeats::never) {
    length = std::max<std::uint64_t>(length, 8);
    if (length_ > 0) length = std::min(length, length_);
    for (std::uint64_t number = first_distinct + row; number > 0 && bytes.size() < length;
         number /= 256)
      bytes.push_back(static_cast<char>(number % 256));
  }
  while (bytes.size() < length)
    bytes.push_back(static_cast<char>(mixed(pick * 4096 + bytes.size(), salt_) % 256));
  return {Value::Kind::bytes, std::move(bytes)};
}

Value ValueMaker::time(std::uint64_t pick, std::uint64_t row) const {
  // Days of years that every type knows.
  std::uint64_t first_year = 2001;
  std::uint64_t years = 20;
  if (profile_ != nullptr && profile_->least && *profile_->least >= 1971 &&
      profile_->greatest.value_or(0) <= 2036) {
    first_year = static_cast<std::uint64_t>(*profile_->least);
    years = static_cast<std::uint64_t>(*profile_->greatest) - first_year + 1;
  }
  const std::uint64_t number =
      repeats_ == Repeats::never ? row : mixed(pick, salt_ + "t") % (years * 12 * 28 * 24);
  const std::uint64_t hour = number % 24;
  const std::uint64_t day = number / 24 % 28 + 1;
  const std::uint64_t month = number / 24 / 28 % 12 + 1;
  const std::uint64_t year = first_year + number / 24 / 28 / 12 % years;
  const std::string& type = column_.data_type;
  if (type == "year") {
    const std::uint64_t offset = repeats_ == Repeats::never ? row : mixed(pick, salt_);
    return plain(fmt::format("{}", first_year + offset % 120 % (2155 - first_year)));
  }
  if (type == "time") return plain(fmt::format("'{:02}:{:02}:{:02}'", hour, day, month));
  if (type == "date") {
    if (repeats_ == Repeats::never) {
      return plain(fmt::format("'{:04}-{:02}-{:02}'", first_year + row / 28 / 12 % 7000,
                               row / 28 % 12 + 1, row % 28 + 1));
    }
    return plain(fmt::format("'{:04}-{:02}-{:02}'", year, month, day));
  }
  return plain(fmt::format("'{:04}-{:02}-{:02} {:02}:00:00'", year, month, day, hour));
}

Value ValueMaker::listed(std::uint64_t pick) const {
  if (words_.empty()) return {Value::Kind::text, ""};
  return {Value::Kind::text, words_[pick % words_.size()]};
}

Value ValueMaker::geometry(std::uint64_t row) const {
  const std::uint64_t x = row % 90;
  const std::string& type = column_.data_type;
  std::string shape = fmt::format("POINT({0} {0})", x);
  if (type == "linestring") shape = fmt::format("LINESTRING({0} {0}, {1} {1})", x, x + 1);
  if (type == "polygon")
    shape = fmt::format("POLYGON(({0} {0}, {0} {1}, {1} {1}, {0} {0}))", x, x + 1);
  if (type == "multipoint") shape = fmt::format("MULTIPOINT({0} {0}, {1} {1})", x, x + 1);
  if (type == "multilinestring")
    shape = fmt::format("MULTILINESTRING(({0} {0}, {1} {1}))", x, x + 1);
  if (type == "multipolygon")
    shape = fmt::format("MULTIPOLYGON((({0} {0}, {0} {1}, {1} {1}, {0} {0})))", x, x + 1);
  if (type == "geometrycollection" || type == "geomcollection")
    shape = fmt::format("GEOMETRYCOLLECTION(POINT({0} {0}))", x);
  // https://dev.mysql.com/doc/refman/8.4/en/spatial-type-overview.html: the column's own only.
  constexpr std::string_view srid = "SRID ";
  const auto at = column_.definition.find(srid);
  if (at == std::string::npos) return plain(fmt::format("ST_GeomFromText('{}')", shape));
  const std::string_view rest = std::string_view(column_.definition).substr(at + srid.size());
  return plain(fmt::format("ST_GeomFromText('{}', {})", shape,
                           rest.substr(0, rest.find_first_not_of("0123456789"))));
}

}  // namespace migrate::core::rehearsal
