#include "tls.h"

#include <string>

namespace migrate::mysql {
namespace {

const char* path_or_null(const std::string& path) {
  return path.empty() ? nullptr : path.c_str();
}

}  // namespace

#ifdef MARIADB_PACKAGE_VERSION

std::vector<core::TlsMode> tls_attempts(const core::ConnectionOptions& options) {
  if (options.tls.mode != core::TlsMode::preferred) return {options.tls.mode};
  if (!options.socket.empty()) return {core::TlsMode::disabled};
  return {core::TlsMode::required, core::TlsMode::disabled};
}

void apply_tls(MYSQL& handle, const core::TlsOptions& options, core::TlsMode mode) {
  const my_bool enforce = mode == core::TlsMode::disabled ? 0 : 1;
  const my_bool verify =
      mode == core::TlsMode::verify_ca || mode == core::TlsMode::verify_identity ? 1 : 0;
  if (enforce != 0) {
    mysql_ssl_set(&handle, path_or_null(options.key), path_or_null(options.cert),
                  path_or_null(options.ca), nullptr, nullptr);
  }
  mysql_optionsv(&handle, MYSQL_OPT_SSL_ENFORCE, &enforce);
  mysql_optionsv(&handle, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);
}

#else

std::vector<core::TlsMode> tls_attempts(const core::ConnectionOptions& options) {
  return {options.tls.mode};
}

void apply_tls(MYSQL& handle, const core::TlsOptions& options, core::TlsMode mode) {
  const auto library_mode = [&]() -> unsigned {
    switch (mode) {
      case core::TlsMode::disabled:
        return SSL_MODE_DISABLED;
      case core::TlsMode::preferred:
        return SSL_MODE_PREFERRED;
      case core::TlsMode::required:
        return SSL_MODE_REQUIRED;
      case core::TlsMode::verify_ca:
        return SSL_MODE_VERIFY_CA;
      case core::TlsMode::verify_identity:
        return SSL_MODE_VERIFY_IDENTITY;
    }
    return SSL_MODE_REQUIRED;
  }();
  mysql_options(&handle, MYSQL_OPT_SSL_MODE, &library_mode);
  mysql_options(&handle, MYSQL_OPT_SSL_CA, path_or_null(options.ca));
  mysql_options(&handle, MYSQL_OPT_SSL_CERT, path_or_null(options.cert));
  mysql_options(&handle, MYSQL_OPT_SSL_KEY, path_or_null(options.key));
}

#endif

}  // namespace migrate::mysql
