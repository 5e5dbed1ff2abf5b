#include "core/lock_error.h"

namespace migrate::core {

bool is_lock_error(const ServerError& error) {
  constexpr unsigned lock_wait_timeout = 1205;
  constexpr unsigned lock_deadlock = 1213;
  return error.code == lock_wait_timeout || error.code == lock_deadlock;
}

}  // namespace migrate::core
