#include "adapter/config/yaml_file.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include "core/audit/rule.h"
#include "core/lint/rule.h"
#include "core/suggestion.h"

namespace migrate::config {
namespace {

using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 8> top_keys{
    "migrations", "ddl", "default_env", "environments", "ignore", "lint", "audit", "checks"};
constexpr std::array<std::string_view, 7> check_keys{"query",  "expect", "severity",  "when",
                                                     "reason", "needs",  "time_limit"};
constexpr std::array<std::string_view, 1> lint_keys{"rules"};
constexpr std::array<std::string_view, 5> audit_keys{"rules", "charset", "collation", "row_format",
                                                     "allow"};
constexpr std::array<std::string_view, 3> allow_keys{"rule", "object", "reason"};
constexpr std::array<std::string_view, 4> row_formats{"DYNAMIC", "COMPACT", "COMPRESSED",
                                                      "REDUNDANT"};
constexpr std::array<std::string_view, 4> severities{"error", "warning", "notice", "off"};
constexpr std::array<std::string_view, 23> environment_keys{"url",
                                                            "host",
                                                            "port",
                                                            "socket",
                                                            "user",
                                                            "schema",
                                                            "tls",
                                                            "password",
                                                            "password_env",
                                                            "password_file",
                                                            "password_command",
                                                            "connect_timeout",
                                                            "defaults_file",
                                                            "login_path",
                                                            "protected",
                                                            "lock_timeout",
                                                            "orphan_timeout",
                                                            "reconnect_timeout",
                                                            "server_bin",
                                                            "sandbox",
                                                            "require",
                                                            "approvers",
                                                            "checks"};
constexpr std::array<std::string_view, 4> tls_keys{"mode", "ca", "cert", "key"};

constexpr std::array<Setting, 13> plain_settings{
    Setting::host,          Setting::port,           Setting::socket,
    Setting::user,          Setting::schema,         Setting::connect_timeout,
    Setting::defaults_file, Setting::login_path,     Setting::is_protected,
    Setting::lock_timeout,  Setting::orphan_timeout, Setting::reconnect_timeout,
    Setting::server_bin};

// What cannot stand beside `sandbox: true`.
constexpr std::array<Setting, 6> server_settings{Setting::host,          Setting::port,
                                                 Setting::socket,        Setting::user,
                                                 Setting::defaults_file, Setting::login_path};

struct Entry {
  std::string key;
  Origin key_origin;
  YAML::Node value;
};

class YamlReader {
 public:
  YamlReader(std::string name, const PathBase& paths) : name_(std::move(name)), paths_(paths) {}

  YamlFile read(const std::string& text) {
    for (const Entry& entry : known_entries(document(text), top_keys)) {
      if (entry.key == "default_env") {
        file_.default_env = {scalar(entry), origin_of(entry.value)};
      } else if (entry.key == "environments") {
        read_environments(entry.value);
      } else if (entry.key == "ignore") {
        file_.ignored_objects = {list(entry, "patterns of object names: [\"tmp_*\", …]"),
                                 origin_of(entry.value)};
      } else if (entry.key == "lint") {
        for (const Entry& part : known_entries(entry.value, lint_keys))
          file_.lint = rules(part.value, names_of(core::lint::all_rules()));
      } else if (entry.key == "audit") {
        read_audit(entry.value);
      } else if (entry.key == "checks") {
        file_.checks = checks(entry.value);
      } else {
        set(file_.project, entry.key == "ddl" ? Setting::ddl : Setting::migrations, entry);
      }
    }
    check_default_env();
    checks_of(file_.checks, {});
    for (const NamedEnvironment& environment : file_.environments)
      checks_of(file_.checks, environment.checks);
    return std::move(file_);
  }

 private:
  Origin at(const YAML::Mark& mark) const {
    if (mark.is_null()) return {Level::config_file, name_, 0, 0};
    return {Level::config_file, name_, static_cast<std::uint64_t>(mark.line) + 1,
            static_cast<std::uint64_t>(mark.column) + 1};
  }
  Origin origin_of(const YAML::Node& node) const { return at(node.Mark()); }

  YAML::Node document(const std::string& text) const {
    try {
      const std::vector<YAML::Node> documents = YAML::LoadAll(text);
      if (documents.size() > 1) {
        throw fault_at(origin_of(documents[1]), "a second YAML document; expected one");
      }
      return documents.empty() ? YAML::Node() : documents.front();
    } catch (const YAML::Exception& error) {
      // Behind a colon the library repeats a piece of the file, which may be one of a password.
      throw fault_at(at(error.mark), "not valid YAML: " + error.msg.substr(0, error.msg.find(':')),
                     "put values with special characters in quotes");
    }
  }

  // The keys and values of a map, of which no key comes twice. No value at all is an empty map.
  std::vector<Entry> entries(const YAML::Node& map) const {
    std::vector<Entry> result;
    if (!map || map.IsNull()) return result;
    if (!map.IsMap()) throw fault_at(origin_of(map), "expected 'key: value' lines");
    for (const auto& pair : map) {
      const Origin origin = origin_of(pair.first);
      if (!pair.first.IsScalar()) throw fault_at(origin, "expected a name as the key");
      const std::string& key = pair.first.Scalar();
      // `{password:secret}` is one key to YAML: such a key is never repeated.
      if (key.find(':') != std::string::npos) {
        throw fault_at(origin, "a ':' inside a key; write a space behind it");
      }
      const auto first = std::find_if(result.begin(), result.end(),
                                      [&](const Entry& entry) { return entry.key == key; });
      if (first != result.end()) {
        throw fault_at(origin, fmt::format("key '{}' given twice; first on line {}", key,
                                           first->key_origin.line));
      }
      result.push_back({key, origin, pair.second});
    }
    return result;
  }

  std::vector<Entry> known_entries(const YAML::Node& map, Names known) const {
    std::vector<Entry> result = entries(map);
    for (const Entry& entry : result) {
      if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
      const std::string suggestion = core::nearest(entry.key, known);
      throw fault_at(
          entry.key_origin,
          suggestion.empty()
              ? fmt::format("unknown key '{}'; known: {}", entry.key, fmt::join(known, ", "))
              : fmt::format("unknown key '{}'; did you mean '{}'?", entry.key, suggestion));
    }
    return result;
  }

  std::string scalar(const Entry& entry) const {
    if (entry.value.IsNull() || (entry.value.IsScalar() && entry.value.Scalar().empty())) {
      throw fault_at(entry.key_origin, fmt::format("'{}' has no value", entry.key));
    }
    if (!entry.value.IsScalar()) {
      throw fault_at(origin_of(entry.value),
                     fmt::format("'{}' has more than one value; expected one", entry.key));
    }
    return entry.value.Scalar();
  }

  /// `example` says what it is a list of.
  std::vector<std::string> list(const Entry& entry, std::string_view example) const {
    std::vector<std::string> result;
    if (entry.value.IsNull()) return result;
    const std::string expected = fmt::format("'{}' is a list of {}", entry.key, example);
    if (!entry.value.IsSequence()) throw fault_at(origin_of(entry.value), expected);
    for (const YAML::Node& item : entry.value) {
      if (!item.IsScalar() || item.Scalar().empty()) throw fault_at(origin_of(item), expected);
      result.push_back(item.Scalar());
    }
    return result;
  }

  std::string requirement(const Entry& entry) const {
    std::string value = scalar(entry);
    if (value == "approval") return value;
    throw fault_at(origin_of(entry.value),
                   fmt::format("'{}' is nothing that can be required; expected approval", value));
  }

  void set(Layer& layer, Setting setting, const Entry& entry) const {
    layer.set(setting, paths_.value(setting, scalar(entry)), origin_of(entry.value));
  }

  void read_environments(const YAML::Node& map) {
    for (const Entry& entry : entries(map)) {
      NamedEnvironment environment{
          .name = entry.key, .origin = entry.key_origin, .layer = Layer(Level::config_file)};
      read_environment(environment, entry.value);
      file_.environments.push_back(std::move(environment));
    }
  }

  template <class Rules>
  static std::vector<std::string_view> names_of(const Rules& rules) {
    std::vector<std::string_view> names;
    names.reserve(rules.size());
    for (const auto& rule : rules) names.push_back(rule.name);
    return names;
  }

  std::vector<RuleSetting> rules(const YAML::Node& map, Names names) const {
    std::vector<RuleSetting> result;
    for (const Entry& entry : known_entries(map, names)) {
      const std::string value = scalar(entry);
      if (std::find(severities.begin(), severities.end(), value) == severities.end()) {
        throw fault_at(origin_of(entry.value), fmt::format("'{}' is no severity; expected {}",
                                                           value, fmt::join(severities, ", ")));
      }
      result.push_back({entry.key, core::lint::severity_named(value), origin_of(entry.value)});
    }
    return result;
  }

  void read_audit(const YAML::Node& map) {
    AuditSection& audit = file_.audit;
    for (const Entry& entry : known_entries(map, audit_keys)) {
      if (entry.key == "rules") {
        audit.rules = rules(entry.value, names_of(core::audit::all_rules()));
      } else if (entry.key == "allow") {
        read_allowances(entry.value);
      } else if (entry.key == "row_format") {
        audit.row_format = {row_format(entry), origin_of(entry.value)};
      } else {
        auto& setting = entry.key == "charset" ? audit.charset : audit.collation;
        setting = {scalar(entry), origin_of(entry.value)};
      }
    }
  }

  std::string row_format(const Entry& entry) const {
    std::string value = scalar(entry);
    std::transform(value.begin(), value.end(), value.begin(), [](char c) {
      return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    if (std::find(row_formats.begin(), row_formats.end(), value) == row_formats.end()) {
      throw fault_at(origin_of(entry.value),
                     fmt::format("'{}' is no row format; expected {}", scalar(entry),
                                 fmt::join(row_formats, ", ")));
    }
    return value;
  }

  void read_allowances(const YAML::Node& list) {
    if (list.IsNull()) return;
    if (!list.IsSequence()) {
      throw fault_at(origin_of(list), "'allow' is a list: [{rule: …, object: …, reason: …}, …]");
    }
    for (const YAML::Node& node : list) file_.audit.allow.push_back(allowance(node));
  }

  core::audit::Allowance allowance(const YAML::Node& node) const {
    core::audit::Allowance allowance{.place = origin_of(node).place()};
    for (const Entry& entry : known_entries(node, allow_keys)) {
      std::string& part = entry.key == "rule"     ? allowance.rule
                          : entry.key == "object" ? allowance.object
                                                  : allowance.reason;
      part = scalar(entry);
      if (entry.key != "rule") continue;
      const std::vector<std::string_view> names = names_of(core::audit::all_rules());
      if (std::find(names.begin(), names.end(), part) == names.end())
        throw fault_at(origin_of(entry.value), core::lint::unknown_rule(Names(names), part));
    }
    for (const auto& [key, value] :
         {std::pair("rule", allowance.rule), std::pair("object", allowance.object),
          std::pair("reason", allowance.reason)}) {
      if (!value.empty()) continue;
      throw fault_at(origin_of(node), fmt::format("an exception without '{}'", key),
                     "write {rule: …, object: …, reason: …}");
    }
    return allowance;
  }

  std::vector<CheckSetting> checks(const YAML::Node& map) const {
    std::vector<CheckSetting> result;
    for (const Entry& entry : entries(map)) {
      if (const auto wrong = core::check::wrong_with_name(entry.key))
        throw fault_at(entry.key_origin, fmt::format("'{}': {}", entry.key, *wrong));
      result.push_back(check(entry));
    }
    return result;
  }

  CheckSetting check(const Entry& entry) const {
    CheckSetting setting{.name = entry.key, .origin = entry.key_origin};
    if (entry.value.IsScalar()) {
      setting.off = scalar(entry) == "off";
      if (setting.off) return setting;
      throw fault_at(origin_of(entry.value),
                     fmt::format("'{}' is no check; expected off, or {}", scalar(entry),
                                 fmt::join(check_keys, ", ")));
    }
    for (const Entry& part : known_entries(entry.value, check_keys)) {
      if (part.key == "query") {
        setting.query = query(part);
      } else if (part.key == "expect") {
        setting.expect = expectation(part);
      } else if (part.key == "severity") {
        setting.severity =
            one_of(part, core::lint::severity_names, "severity", core::lint::severity_named);
      } else if (part.key == "when") {
        setting.when.emplace();
        for (const Entry& word : one_or_more(part)) {
          setting.when->push_back(
              one_of(word, core::check::moment_names, "moment", core::check::moment_named));
        }
      } else if (part.key == "needs") {
        setting.needs.emplace();
        for (const Entry& table : one_or_more(part)) setting.needs->push_back(scalar(table));
      } else if (part.key == "time_limit") {
        setting.time_limit = time_limit(part);
      } else {
        setting.reason = scalar(part);
      }
    }
    return setting;
  }

  std::string query(const Entry& entry) const {
    std::string text = scalar(entry);
    if (const auto wrong = core::check::wrong_with_query(text))
      throw fault_at(origin_of(entry.value), "'query': " + *wrong);
    return text;
  }

  core::check::Expectation expectation(const Entry& entry) const {
    const std::string text = scalar(entry);
    const auto read = core::check::parse_expectation(text);
    if (const auto* bad = std::get_if<core::check::BadExpectation>(&read)) {
      throw fault_at(origin_of(entry.value),
                     fmt::format("'{}' is no expectation: {}, at character {}", text, bad->message,
                                 bad->character),
                     R"(write it in quotes: "= 0", "<= 100", "between 1 and 5", "rows = 0")");
    }
    return std::get<core::check::Expectation>(read);
  }

  std::chrono::seconds time_limit(const Entry& entry) const {
    static constexpr std::chrono::seconds most{3600};
    const std::string text = scalar(entry);
    if (canonical(Setting::connect_timeout, text) && seconds_of(text) <= most)
      return seconds_of(text);
    throw fault_at(
        origin_of(entry.value),
        fmt::format("'{}' is not a valid time_limit; expected whole seconds, from 1 to {}", text,
                    most.count()));
  }

  template <class Value, class Words>
  Value one_of(const Entry& entry, const Words& words, std::string_view what,
               std::optional<Value> (*named)(std::string_view)) const {
    const std::string text = scalar(entry);
    if (const auto value = named(text)) return *value;
    throw fault_at(origin_of(entry.value),
                   fmt::format("'{}' is no {}; expected {}", text, what, fmt::join(words, ", ")));
  }

  /// Of a list its parts, as entries of the same key.
  std::vector<Entry> one_or_more(const Entry& entry) const {
    if (!entry.value.IsSequence()) return {entry};
    std::vector<Entry> parts;
    for (const YAML::Node& part : entry.value) parts.push_back({entry.key, origin_of(part), part});
    return parts;
  }

  void read_environment(NamedEnvironment& environment, const YAML::Node& map) {
    Layer& layer = environment.layer;
    const std::vector<Entry> found = known_entries(map, environment_keys);
    const Entry* password = nullptr;
    for (const Entry& entry : found) {
      if (entry.key.starts_with("password")) {
        if (password != nullptr) {
          throw fault_at(entry.key_origin,
                         fmt::format("'{}' beside '{}' on line {}: an environment has one source "
                                     "of its password",
                                     entry.key, password->key, password->key_origin.line));
        }
        password = &entry;
        read_password(layer, entry);
      } else if (entry.key == "tls") {
        read_tls(layer, entry.value);
      } else if (entry.key == "sandbox") {
        set(layer, Setting::sandbox, entry);
      } else if (entry.key == "require") {
        environment.guards.require = {requirement(entry), origin_of(entry.value)};
      } else if (entry.key == "approvers") {
        environment.guards.approvers = {list(entry, "accounts: [\"ana@%\", …]"),
                                        origin_of(entry.value)};
      } else if (entry.key == "checks") {
        environment.checks = checks(entry.value);
      } else if (entry.key != "url") {
        set(layer, plain_setting(entry.key), entry);
      }
    }
    const auto url = std::find_if(found.begin(), found.end(),
                                  [](const Entry& entry) { return entry.key == "url"; });
    if (url != found.end()) read_url(layer, *url);
    layer.check();
    check_sandbox(layer);
  }

  static Setting plain_setting(std::string_view key) {
    return *std::find_if(plain_settings.begin(), plain_settings.end(),
                         [&](Setting setting) { return name_of(setting) == key; });
  }

  void read_tls(Layer& layer, const YAML::Node& map) const {
    static constexpr std::array<Setting, 4> settings{Setting::tls_mode, Setting::tls_ca,
                                                     Setting::tls_cert, Setting::tls_key};
    for (const Entry& entry : known_entries(map, tls_keys)) {
      const auto index = std::find(tls_keys.begin(), tls_keys.end(), entry.key) - tls_keys.begin();
      set(layer, settings[static_cast<std::size_t>(index)], entry);
    }
  }

  void read_password(Layer& layer, const Entry& entry) {
    const std::string text = scalar(entry);
    const Origin origin = origin_of(entry.value);
    PasswordSource source;
    if (entry.key == "password_env") {
      source = PasswordVariable{text};
    } else if (entry.key == "password_file") {
      source = PasswordFile{paths_.resolve(text)};
    } else if (entry.key == "password_command") {
      source = PasswordCommand{text};
    } else if (text == "prompt" && entry.value.Tag() == "?") {
      // Tag "?": without quotes. Whoever's password is "prompt" can still say so.
      source = PasswordPrompt{};
    } else {
      source = PasswordText{text};
      warn_of_password(origin);
    }
    layer.set_password(
        {{std::move(source), origin}, PasswordScope::this_server, Level::config_file});
  }

  void read_url(Layer& layer, const Entry& entry) {
    const Origin origin = origin_of(entry.value);
    if (layer.set_url(scalar(entry), origin) == UrlPassword::present) warn_of_password(origin);
  }

  void warn_of_password(const Origin& origin) {
    file_.holds_password = true;
    file_.warnings.push_back(origin.place() +
                             ": a password in this file; password_env, password_file or "
                             "password_command keep it out");
  }

  static void check_sandbox(const Layer& layer) {
    const auto* const sandbox = layer.find(Setting::sandbox);
    if (sandbox == nullptr || sandbox->value != "true") return;
    const auto* const server =
        std::find_if(server_settings.begin(), server_settings.end(),
                     [&](Setting setting) { return layer.find(setting) != nullptr; });
    if (server == server_settings.end() && !layer.url()) return;
    throw fault_at(
        sandbox->origin,
        fmt::format("'sandbox: true' beside '{}': the sandbox is a server of migrate's own",
                    layer.url() ? "url" : name_of(*server)));
  }

  void check_default_env() const {
    if (!file_.default_env) return;
    std::vector<std::string_view> known;
    for (const NamedEnvironment& environment : file_.environments)
      known.push_back(environment.name);
    const std::string& name = file_.default_env->value;
    if (std::find(known.begin(), known.end(), name) != known.end()) return;
    const std::string suggestion = core::nearest(name, known);
    throw fault_at(
        file_.default_env->origin,
        fmt::format("no environment '{}'{}", name,
                    suggestion.empty() ? "" : fmt::format("; did you mean '{}'?", suggestion)),
        fmt::format("environments: {}", fmt::join(known, ", ")));
  }

  std::string name_;
  const PathBase& paths_;
  YamlFile file_;
};

}  // namespace

YamlFile parse_yaml(const std::string& text, const std::string& name, const PathBase& paths) {
  return YamlReader(name, paths).read(text);
}

}  // namespace migrate::config
