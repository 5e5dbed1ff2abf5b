#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapter/config/environment.h"
#include "core/fault.h"

namespace migrate::config {

/// A folder of its own that is gone with the object. It holds a `.git`, so that no migrate.yaml
/// above it is found.
class TestFolder {
 public:
  TestFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "migrate-config-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = std::filesystem::canonical(name);
    std::filesystem::create_directory(path_ / ".git");
  }
  ~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  /// Readable by its owner alone, unless told otherwise.
  std::filesystem::path write(const std::string& name, const std::string& text,
                              mode_t mode = 0600) {
    const std::filesystem::path file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    ::chmod(file.c_str(), mode);
    return file;
  }

 private:
  std::filesystem::path path_;
};

inline Environment environment_of(std::map<std::string, std::string, std::less<>> variables) {
  return [variables = std::move(variables)](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  };
}

/// What `action` throws. Fails the test when it throws nothing.
template <class Action>
core::Fault fault_of(Action&& action) {
  try {
    action();
  } catch (const core::Fault& fault) {
    return fault;
  }
  ADD_FAILURE() << "expected a Fault";
  return {core::ExitCode::done, ""};
}

}  // namespace migrate::config
