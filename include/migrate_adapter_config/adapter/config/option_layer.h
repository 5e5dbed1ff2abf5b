#pragma once

#include <span>
#include <string_view>

#include "adapter/config/layer.h"
#include "adapter/config/my_cnf.h"

namespace migrate::config {

/// What the given groups of an option file say of the connection: host, port, socket, user,
/// password, database, ssl-mode, ssl-ca, ssl-cert, ssl-key, connect-timeout. As for the mysql
/// client a `password` alone asks on the terminal, a socket counts only for this machine, and a
/// port of 0 is the default. Every other option is ignored: the file serves other programs too.
/// `named_at`: the level that names the file. Throws Fault at file, line and column on a bad value.
Layer option_layer(const OptionFile& file, std::span<const std::string_view> groups,
                   Level named_at);

}  // namespace migrate::config
