#pragma once

#include <string>

#include "core/connection.h"
#include "core/server_info.h"

namespace migrate::dump {

/// An option file for the family's tools that leads them where `options` lead, with its password.
/// `tls`: preferred says nothing of it, and leaves it to the tool.
/// https://dev.mysql.com/doc/refman/9.7/en/option-files.html#option-file-syntax
std::string option_file(const core::ConnectionOptions& options, core::ServerFamily family,
                        core::TlsMode tls);

}  // namespace migrate::dump
