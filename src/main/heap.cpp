#include "heap.h"

#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

#include <cstddef>
#include <memory>

#include <sys/mman.h>
#include <unistd.h>

namespace migrate::wiring {

#ifdef M_TRIM_THRESHOLD  // of the GNU C library
namespace {

constexpr int kept_bytes = 8 << 20;
/// More than a history of 10,000 steps needs. Only addresses, until they are used.
constexpr int first_bytes = 32 << 20;

void keep_freed_memory() {
  mallopt(M_TRIM_THRESHOLD, first_bytes + kept_bytes);
  // What is longer goes back at once; setting the other switches off that this one adapts itself.
  mallopt(M_MMAP_THRESHOLD, kept_bytes / 2);
}

void allow_large_pages() {
  constexpr std::size_t large_page = 2 << 20;
  mallopt(M_TOP_PAD, first_bytes);
  // More than there is, so that the heap grows now.
  const auto grown = std::make_unique_for_overwrite<char[]>(std::size_t{1} << 20);
  const auto* const end = static_cast<const char*>(sbrk(0));
  if (end <= grown.get()) return;  // this allocator's memory is elsewhere
  void* begin = grown.get();
  auto bytes = static_cast<std::size_t>(end - grown.get());
  // Where it is refused, pages are what they were.
  if (std::align(large_page, large_page, begin, bytes) != nullptr)
    madvise(begin, bytes, MADV_HUGEPAGE);
}

}  // namespace

void prepare_heap() {
  keep_freed_memory();
  allow_large_pages();
}
#else
void prepare_heap() {}
#endif

}  // namespace migrate::wiring
