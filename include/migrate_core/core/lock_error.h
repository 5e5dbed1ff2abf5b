#pragma once

#include "core/packet.h"

namespace migrate::core {

/// The statement could not have a lock: not in time (ER_LOCK_WAIT_TIMEOUT), or two waited for each
/// other (ER_LOCK_DEADLOCK). The same statement may succeed at another moment.
/// https://dev.mysql.com/doc/mysql-errors/9.7/en/server-error-reference.html; MariaDB has the same
/// numbers.
bool is_lock_error(const ServerError& error);

}  // namespace migrate::core
