#include "running_server.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <ranges>
#include <string_view>
#include <vector>

namespace migrate::sandbox {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> arguments_of(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/cmdline", std::ios::binary);
  std::vector<std::string> arguments;
  for (std::string argument; std::getline(file, argument, '\0');) {
    arguments.push_back(std::move(argument));
  }
  return arguments;
}

// The value of the last `--name=value`, as the servers take it.
std::string option(const std::vector<std::string>& arguments, std::string_view name) {
  const auto found =
      std::ranges::find_if(std::views::reverse(arguments),
                           [&](const std::string& argument) { return argument.starts_with(name); });
  return found == arguments.rend() ? std::string() : found->substr(name.size());
}

bool serves(const std::vector<std::string>& arguments, const fs::path& data) {
  return option(arguments, "--datadir=") == data.string() &&
         !option(arguments, "--socket=").empty();
}

}  // namespace

std::optional<RunningServer> find_running_server(const fs::path& data) {
  std::error_code gone;
  for (fs::directory_iterator entry("/proc", gone), end; !gone && entry != end;
       entry.increment(gone)) {
    const std::string name = entry->path().filename().string();
    pid_t pid = 0;
    const auto parsed = std::from_chars(name.data(), name.data() + name.size(), pid);
    if (parsed.ec != std::errc() || parsed.ptr != name.data() + name.size()) continue;
    if (!serves(arguments_of(pid), data)) continue;

    auto process = posix::Process::find(pid);
    // Read again now that the number cannot change hands any more.
    const auto arguments = arguments_of(pid);
    if (process && serves(arguments, data)) {
      return RunningServer{std::move(*process), option(arguments, "--socket=")};
    }
  }
  return std::nullopt;
}

}  // namespace migrate::sandbox
