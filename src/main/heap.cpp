#include "heap.h"

#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

namespace migrate::wiring {

void keep_freed_memory() {
#ifdef M_TRIM_THRESHOLD  // of the GNU C library
  constexpr int kept_bytes = 8 << 20;
  mallopt(M_TRIM_THRESHOLD, kept_bytes);
  // What is longer goes back at once; setting the other switches off that this one adapts itself.
  mallopt(M_MMAP_THRESHOLD, kept_bytes / 2);
#endif
}

}  // namespace migrate::wiring
