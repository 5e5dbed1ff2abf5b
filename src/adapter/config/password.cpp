#include "adapter/config/password.h"

#include <fmt/format.h>

#include "adapter/config/read_file.h"
#include "password_command.h"
#include "terminal_prompt.h"

namespace migrate::config {
namespace {

struct Show {
  std::string operator()(const NoPassword&) const { return "(none)"; }
  std::string operator()(const PasswordText&) const { return "********"; }
  std::string operator()(const PasswordVariable& variable) const {
    return "from variable " + variable.name;
  }
  std::string operator()(const PasswordFile& file) const {
    return "from file " + file.path.string();
  }
  std::string operator()(const PasswordCommand&) const { return "from a command"; }
  std::string operator()(const PasswordPrompt&) const { return "asked on the terminal"; }
};

struct Resolve {
  const Origin& origin;
  const Environment& environment;

  std::string operator()(const NoPassword&) const { return {}; }
  std::string operator()(const PasswordText& password) const { return password.text; }
  std::string operator()(const PasswordVariable& variable) const {
    const std::optional<std::string> value = environment(variable.name);
    if (!value || value->empty()) {
      throw fault_at(origin, fmt::format("the variable {} that should hold the password is {}",
                                         variable.name, value ? "empty" : "not set"));
    }
    return *value;
  }
  std::string operator()(const PasswordFile& file) const {
    std::string text = read_file(file.path, origin);
    if (text.ends_with('\n')) {
      text.pop_back();
      if (text.ends_with('\r')) text.pop_back();
    }
    if (text.empty()) {
      throw fault_at(origin, fmt::format("the password file {} is empty", file.path.string()));
    }
    return text;
  }
  std::string operator()(const PasswordCommand& command) const {
    return first_line_of(command.command, origin);
  }
  std::string operator()(const PasswordPrompt&) const {
    return ask_on_terminal("Password: ", origin);
  }
};

}  // namespace

std::string shown(const PasswordSource& source) {
  return std::visit(Show{}, source);
}

std::string resolve_password(const Sourced<PasswordSource>& source,
                             const Environment& environment) {
  return std::visit(Resolve{source.origin, environment}, source.value);
}

}  // namespace migrate::config
