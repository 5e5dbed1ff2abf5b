#pragma once

#include <filesystem>
#include <string>
#include <variant>

#include "adapter/config/environment.h"
#include "adapter/config/origin.h"

namespace migrate::config {

struct NoPassword {};
struct PasswordText {
  std::string text;  ///< the secret itself, from a URL, a yaml file or an option file
};
struct PasswordVariable {
  std::string name;
};
struct PasswordFile {
  std::filesystem::path path;
};
struct PasswordCommand {
  std::string command;  ///< may hold a secret: never shown
};
struct PasswordPrompt {};

/// Where the password will be taken from, once it is needed.
using PasswordSource = std::variant<NoPassword, PasswordText, PasswordVariable, PasswordFile,
                                    PasswordCommand, PasswordPrompt>;

/// For a table, without a secret: "(none)", "********", "from variable NAME", "from file PATH",
/// "from a command", "asked on the terminal".
std::string shown(const PasswordSource& source);

/// Gets the password: nothing is read, run or asked before this.
///   variable  must be set and not empty;
///   file      its content less one trailing newline (LF or CRLF);
///   command   run by /bin/sh -c with the standard input and error of this process; the first line
///   of its output; prompt    asked on /dev/tty without echo.
/// Throws Fault at `source.origin` when there is none; with code `interrupted` when the user typed
/// Ctrl-C or a signal arrived at the prompt. No message holds the password, the command or its
/// output. Blocks as long as the command or the user does.
std::string resolve_password(const Sourced<PasswordSource>& source, const Environment& environment);

}  // namespace migrate::config
