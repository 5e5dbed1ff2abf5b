#pragma once

#include <cstddef>
#include <string_view>

#ifdef __SSE2__
#include <bit>

#include <emmintrin.h>
#endif

namespace migrate::core {

/// The offset of the first byte of `text`, from `from` on, that is one of `constants` or of `more`;
/// the size of `text` if there is none. Looks at 16 bytes at once where the processor has SSE2,
/// which every x86-64 has.
template <char... constants, class... Chars>
std::size_t find_any(std::string_view text, std::size_t from, Chars... more) {
  const char* const data = text.data();
  const std::size_t size = text.size();
#ifdef __SSE2__
  constexpr std::size_t width = sizeof(__m128i);
  const auto equals_any = [](__m128i block, auto... bytes) {
    __m128i equal = _mm_setzero_si128();
    ((equal = _mm_or_si128(equal, _mm_cmpeq_epi8(block, _mm_set1_epi8(bytes)))), ...);
    return static_cast<unsigned>(_mm_movemask_epi8(equal));
  };
  for (; from + width <= size; from += width) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(data + from));
    const unsigned found = equals_any(block, constants..., more...);
    if (found != 0) return from + static_cast<std::size_t>(std::countr_zero(found));
  }
#endif
  const auto is_any = [&](char c) { return ((c == constants) || ...) || ((c == more) || ...); };
  while (from < size && !is_any(data[from])) ++from;
  return from;
}

}  // namespace migrate::core
