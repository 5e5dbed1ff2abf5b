#pragma once

#include <vector>

#include <mysql.h>

#include "core/connection.h"

namespace migrate::mysql {

/// The modes to try one after the other: MariaDB's connector knows no `preferred`, so there it is
/// TLS first, plain text next.
std::vector<core::TlsMode> tls_attempts(const core::ConnectionOptions& options);

/// Sets the library's options for `mode`. MariaDB's connector cannot check the certificate without
/// the host name: there verify_ca is as strict as verify_identity.
void apply_tls(MYSQL& handle, const core::TlsOptions& options, core::TlsMode mode);

}  // namespace migrate::mysql
