#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "adapter/config/environment.h"
#include "adapter/config/my_cnf.h"
#include "adapter/config/origin.h"

namespace migrate::config {

/// Where mysql_config_editor keeps its login paths: MYSQL_TEST_LOGIN_FILE, else ~/.mylogin.cnf.
/// Throws fault_at(named_by) when neither that variable nor HOME is set.
std::filesystem::path login_file(const Environment& environment, const Origin& named_by);

/// Decrypts the content of a .mylogin.cnf. Its form: 4 unused bytes, 20 bytes from which the key is
/// made, then lines, each as its length (4 bytes, little endian) and its text under AES-128-ECB.
/// Throws fault_at(origin) when it is cut off or cannot be decrypted; no message holds any of the
/// text.
std::string decrypt_login_file(std::string_view bytes, const Origin& origin);

/// The options of the login paths in `file`, each group one of them. Throws fault_at(named_by) when
/// the file cannot be read or holds no path of that name (a suggestion among those it has).
OptionFile read_login_path(const std::filesystem::path& file, const std::string& name,
                           const Origin& named_by);

}  // namespace migrate::config
