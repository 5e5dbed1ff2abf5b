#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "ascii.h"

namespace migrate::core {

/// Keywords in upper case and alphabetical order. Only those with the first letter of a word are
/// compared with it. For constants: `constexpr KeywordSet verbs({"CALL", "DO"});`.
template <std::size_t size>
class KeywordSet {
 public:
  static constexpr std::size_t none = size;

  constexpr explicit KeywordSet(const std::array<std::string_view, size>& sorted) : words_(sorted) {
    for (std::size_t letter = 0; letter <= letters; ++letter) {
      std::size_t first = 0;
      while (first < size && words_.at(first).front() < static_cast<char>('A' + letter)) ++first;
      first_.at(letter) = static_cast<std::uint8_t>(first);
    }
  }

  /// Where `word` stands in it, compared without case; `none` if it does not.
  constexpr std::size_t index_of(std::string_view word) const {
    if (word.empty()) return none;
    const auto letter = static_cast<std::size_t>(ascii_upper(word.front()) - 'A');
    if (letter >= letters) return none;
    for (std::size_t i = first_[letter]; i < first_[letter + 1]; ++i) {
      if (equals_keyword(word, words_[i])) return i;
    }
    return none;
  }
  constexpr bool contains(std::string_view word) const { return index_of(word) != none; }

 private:
  static constexpr std::size_t letters = 26;
  std::array<std::string_view, size> words_;
  std::array<std::uint8_t, letters + 1> first_{};  ///< of each letter; behind them the end
};

template <std::size_t size>
KeywordSet(const std::array<std::string_view, size>&) -> KeywordSet<size>;

}  // namespace migrate::core
