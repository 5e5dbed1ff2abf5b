#pragma once

namespace migrate::wiring {

/// Sets the allocator to what a run does with memory. Once, before anything of size is allocated.
///
/// What is freed is kept: as it is, the allocator gives some of it back to the system and asks for
/// it again, twice for each statement of 50 KB, and half of the time in the kernel goes into that.
/// And the heap may have large pages, where the system leaves that to programs
/// (https://docs.kernel.org/admin-guide/mm/transhuge.html): of `status` with 10,000 steps a
/// twentieth of the time went into being given 4 KiB after 4 KiB.
void prepare_heap();

}  // namespace migrate::wiring
