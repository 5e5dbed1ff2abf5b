#pragma once

namespace migrate::torture {

/// Thrown where something is waited for and SIGINT or SIGTERM came.
struct Interrupted {};

/// SIGINT and SIGTERM are kept pending from now on, in this thread and those that it starts, so
/// that nothing ends in its middle. To be called before the first thread.
void keep_interrupts_pending();

/// Throws Interrupted when one came.
void stop_if_interrupted();

}  // namespace migrate::torture
