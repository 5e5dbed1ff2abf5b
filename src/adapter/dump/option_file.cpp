#include "adapter/dump/option_file.h"

#include <string_view>

#include <fmt/format.h>

namespace migrate::dump {
namespace {

/// As all tools of both families read it: quoted, so that spaces and # are part of it, and with
/// their escapes.
std::string quoted(std::string_view value) {
  std::string out = "\"";
  for (const char c : value) {
    switch (c) {
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\\':
      case '"':
        out += '\\';
        out += c;
        break;
      default:
        out += c;
    }
  }
  return out + '"';
}

class OptionFile {
 public:
  void add(std::string_view name, const std::string& value) {
    if (!value.empty()) text_ += fmt::format("{}={}\n", name, quoted(value));
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_ = "[client]\n";
};

void add_mysql_tls(OptionFile& file, core::TlsMode mode) {
  switch (mode) {
    case core::TlsMode::verify_identity:
      return file.add("ssl-mode", "VERIFY_IDENTITY");
    case core::TlsMode::verify_ca:
      return file.add("ssl-mode", "VERIFY_CA");
    case core::TlsMode::required:
    case core::TlsMode::preferred:
      return file.add("ssl-mode", "REQUIRED");
    case core::TlsMode::disabled:
      file.add("ssl-mode", "DISABLED");
      // Without it caching_sha2_password cannot send a password in the clear.
      file.add("get-server-public-key", "1");
  }
}

/// https://mariadb.com/kb/en/mariadb-dump/#options: `ssl` makes it a must; it checks the host's
/// name wherever it checks the certificate.
void add_mariadb_tls(OptionFile& file, core::TlsMode mode) {
  const bool verify = mode == core::TlsMode::verify_ca || mode == core::TlsMode::verify_identity;
  file.add("ssl", mode == core::TlsMode::disabled ? "0" : "1");
  file.add("ssl-verify-server-cert", verify ? "1" : "0");
}

}  // namespace

std::string option_file(const core::ConnectionOptions& options, core::ServerFamily family,
                        core::TlsMode tls) {
  OptionFile file;
  file.add("user", options.user);
  file.add("password", options.password);
  if (options.socket.empty()) {
    file.add("host", options.host);
    file.add("port", fmt::format("{}", options.port));
  } else {
    file.add("socket", options.socket);
  }
  if (tls == core::TlsMode::preferred) return file.text();
  if (family == core::ServerFamily::mariadb) {
    add_mariadb_tls(file, tls);
  } else {
    add_mysql_tls(file, tls);
  }
  if (tls != core::TlsMode::disabled) {
    file.add("ssl-ca", options.tls.ca);
    file.add("ssl-cert", options.tls.cert);
    file.add("ssl-key", options.tls.key);
  }
  return file.text();
}

}  // namespace migrate::dump
