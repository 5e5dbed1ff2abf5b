#include "yaml_hooks.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "yaml_durations.h"

namespace migrate::config {
namespace {

using core::hook::Command;
using core::hook::moment_names;

constexpr std::string_view timeout_key = "timeout";

constexpr auto keys = [] {
  std::array<std::string_view, moment_names.size() + 1> all;
  *std::ranges::copy(moment_names, all.begin()).out = timeout_key;
  return all;
}();

/// The program alone, in front of which a shell may be told of variables.
std::string program_of(std::string_view command) {
  constexpr std::string_view blanks = " \t\n";
  for (;;) {
    const std::size_t begin = std::min(command.find_first_not_of(blanks), command.size());
    const std::size_t end = std::min(command.find_first_of(blanks, begin), command.size());
    const std::string_view word = command.substr(begin, end - begin);
    const bool has_more = command.find_first_not_of(blanks, end) != std::string_view::npos;
    const bool assigns = word.find('=') != std::string_view::npos;
    if (!assigns || !has_more) {
      const std::string shown(assigns ? std::string_view() : word);
      return shown + (has_more || assigns ? " …" : "");
    }
    command.remove_prefix(end);
  }
}

Command command(const YamlNodes& nodes, const YamlEntry& entry) {
  Command command{.argv = {}, .shown = {}, .origin = nodes.origin_of(entry.value).shown()};
  if (entry.value.IsSequence()) {
    command.argv = nodes.list(entry, "words: [./scripts/announce, \"done\"]");
    if (command.argv.empty())
      throw fault_at(entry.key_origin, "'" + entry.key + "' is a command without a word");
    command.shown = command.argv.front() + (command.argv.size() > 1 ? " …" : "");
    return command;
  }
  const std::string text = nodes.scalar(entry);
  if (text == "off") return command;
  command.argv = {"/bin/sh", "-c", text};
  command.shown = program_of(text);
  return command;
}

}  // namespace

HookSection hook_section(const YamlNodes& nodes, const YAML::Node& map) {
  HookSection section;
  for (const YamlEntry& entry : nodes.known_entries(map, keys)) {
    const Origin origin = nodes.origin_of(entry.value);
    if (entry.key == timeout_key) {
      section.time_limit = {duration(nodes, entry), origin};
    } else {
      section.commands[*core::hook::moment_named(entry.key)] = {command(nodes, entry), origin};
    }
  }
  return section;
}

HookSection hooks_of(const HookSection& project, const HookSection& environment) {
  HookSection hooks = environment;
  hooks.commands.insert(project.commands.begin(), project.commands.end());
  if (!hooks.time_limit) hooks.time_limit = project.time_limit;
  std::erase_if(hooks.commands, [](const auto& one) { return one.second.value.argv.empty(); });
  return hooks;
}

}  // namespace migrate::config
