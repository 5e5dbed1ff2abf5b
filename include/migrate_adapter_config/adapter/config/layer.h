#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "adapter/config/origin.h"
#include "adapter/config/password.h"
#include "adapter/config/setting.h"

namespace migrate::config {

/// Where a password may be used.
enum class PasswordScope {
  any_server,   ///< a flag's or a variable's: it belongs to this run, whatever the server
  this_server,  ///< a URL's or a file's: it belongs to the server named beside it
};

/// A password and the level that names the server it belongs to. A URL of a stronger level names
/// another server, which must never see it.
struct LayerPassword {
  Sourced<PasswordSource> source;
  PasswordScope scope = PasswordScope::this_server;
  Level server_named_at = Level::flag;
};

/// Whether a URL held a password.
enum class UrlPassword { absent, present };

/// What one place says: the flags, the environment variables, an environment of migrate.yaml, an
/// option file.
class Layer {
 public:
  explicit Layer(Level level) : level_(level) {}

  /// Throws fault_at(origin) when the value is not one that the setting can have. The last of
  /// several wins.
  void set(Setting setting, std::string_view text, const Origin& origin);

  /// To be called after every set(): what is set by itself is stronger than that part of a URL
  /// beside it. Throws fault_at(origin) as parse_url does.
  UrlPassword set_url(std::string_view url, const Origin& origin);

  void set_password(LayerPassword password) { password_ = std::move(password); }

  /// Throws when the layer names both a socket and a host that is not this machine: which is meant
  /// is anyone's guess.
  void check() const;

  Level level() const { return level_; }
  const Sourced<std::string>* find(Setting setting) const;
  const std::map<Setting, Sourced<std::string>>& values() const { return values_; }
  const std::optional<Origin>& url() const { return url_; }
  const std::optional<LayerPassword>& password() const { return password_; }

 private:
  Level level_;
  std::map<Setting, Sourced<std::string>> values_;
  std::optional<Origin> url_;
  std::optional<LayerPassword> password_;
};

/// All layers as one.
struct Merged {
  std::map<Setting, Sourced<std::string>> values;
  std::optional<LayerPassword> password;

  const Sourced<std::string>* find(Setting setting) const;
};

/// `layers`: the strongest first. The strongest layer that sets a setting wins, with three rules
/// for what belongs together: below a URL, host, port, socket, user and schema no longer count; a
/// socket ends the host and port of weaker layers, and either of those its; a password in a file or
/// URL goes no further than the server it stands beside (LayerPassword).
Merged merge(std::span<const Layer> layers);

/// Whether the name means this machine, as it does to the client library: "localhost".
bool is_localhost(std::string_view host);

}  // namespace migrate::config
