#pragma once

namespace migrate::wiring {

/// Keeps what a statement of usual size needs from one to the next. As it is, the allocator gives
/// some of it back to the system and asks for it again, twice for each statement of 50 KB, and half
/// of the time in the kernel goes into that.
void keep_freed_memory();

}  // namespace migrate::wiring
