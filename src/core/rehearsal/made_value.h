#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/rehearsal/made_rows.h"

namespace migrate::core::rehearsal {

/// A number that looks like any other, and is the same for the same two each time.
std::uint64_t mixed(std::uint64_t number, std::string_view text);

/// Whether an expression has this name in it.
bool mentions_column(std::string_view expression, std::string_view column);

enum class Repeats { often, never };

/// Makes up the values of one column.
class ValueMaker {
 public:
  /// `checks`: expressions that have to hold. What is written in them is tried as a value; whether
  /// it fits only the server can say. `rows`: how many there will be. `profile` may be null.
  ValueMaker(std::string_view table, const schema::Column& column,
             const std::vector<std::string>& checks, Repeats repeats, std::uint64_t rows,
             const ColumnProfile* profile);

  Value value(std::uint64_t row) const;

 private:
  Value number(std::uint64_t pick, std::uint64_t row) const;
  Value fraction(std::uint64_t pick, std::uint64_t row) const;
  Value text(std::uint64_t pick, std::uint64_t row) const;
  Value bytes(std::uint64_t pick, std::uint64_t row) const;
  Value time(std::uint64_t pick, std::uint64_t row) const;
  Value listed(std::uint64_t pick) const;
  Value geometry(std::uint64_t row) const;
  std::uint64_t text_length(std::uint64_t pick) const;
  void learn(std::string_view check);
  void learn_number(double number, std::string_view comparison);
  bool is_bounded() const { return least_.has_value() || greatest_.has_value(); }
  double bounded(std::uint64_t roll) const;

  const schema::Column& column_;
  std::string salt_;
  Repeats repeats_;
  std::uint64_t rows_;
  const ColumnProfile* profile_;
  std::vector<std::string> words_;  ///< of an ENUM or SET, or in a check
  std::optional<double> least_;     ///< that a check lets pass
  std::optional<double> greatest_;
  std::uint64_t length_ = 0;  ///< of the type, in characters or bytes; 0: none
  std::uint64_t scale_ = 0;
  bool json_ = false;
};

}  // namespace migrate::core::rehearsal
