#include "adapter/files/step_files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <system_error>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <sys/stat.h>

#include "core/fault.h"
#include "digest.h"
#include "load_script.h"
#include "migration_name.h"
#include "read_ahead.h"
#include "script_reader.h"

namespace migrate::files {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t worth_a_thread = std::uint64_t{1} << 20;

/// What tells a file that was replaced or written to from the one that was loaded.
using FileStamp = std::tuple<dev_t, ino_t, off_t, time_t, long>;

FileStamp stamp_of(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    throw core::Fault(core::ExitCode::configuration,
                      fmt::format("{}: {}", path, std::strerror(errno)));
  }
  return {status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec,
          status.st_mtim.tv_nsec};
}

class ScriptStream : public port::StatementStream {
 public:
  explicit ScriptStream(const std::string& path)
      : reader_(path, path, ScriptReader::Checksum::left_out) {}

  std::optional<core::NumberedStatement> next() override {
    const auto result = reader_.next();
    if (const auto* problem = std::get_if<core::Problem>(&result)) {
      throw core::Fault(core::ExitCode::configuration, core::to_string(*problem));
    }
    const auto* piece = std::get_if<core::Piece>(&result);
    if (piece == nullptr) return std::nullopt;
    return core::NumberedStatement{.index = ++statements_,
                                   .statement = {.text = std::string(piece->text),
                                                 .position = piece->position,
                                                 .effect = piece->effect,
                                                 .bracket = piece->bracket,
                                                 .travel = piece->travel},
                                   .hash = hash(piece->text)};
  }

 private:
  static constexpr std::size_t hash_digits = 16;

  std::string hash(std::string_view text) {
    digest_.add(text);
    return digest_.hex().substr(0, hash_digits);
  }

  ScriptReader reader_;
  NormalisedDigest digest_;
  std::uint64_t statements_ = 0;
};

/// The `.sql` files of a folder, by name.
std::vector<fs::path> sql_files(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.ends_with(".sql") && !name.starts_with(".") && !entry->is_directory())
      files.push_back(entry->path());
  }
  if (error) {
    throw core::Fault(core::ExitCode::configuration,
                      fmt::format("{}: cannot be listed: {}", folder.string(), error.message()),
                      "name the folder with --migrations and --ddl, or in migrate.yaml");
  }
  std::sort(files.begin(), files.end());
  return files;
}

class StepFolderSource : public port::StepSource {
 public:
  explicit StepFolderSource(StepFolders folders) : folders_(std::move(folders)) {}

  core::CatalogResult load() override {
    std::vector<core::Problem> problems;
    std::vector<core::Step> steps;
    load_versioned(steps, problems);
    if (folders_.ddl) load_repeatable(*folders_.ddl, steps, problems);
    core::CatalogResult result = core::make_catalog(std::move(steps));
    result.problems.insert(result.problems.begin(), problems.begin(), problems.end());
    return result;
  }

  std::unique_ptr<port::StatementStream> open(const core::Script& script) override {
    const auto loaded = stamps_.find(script.path);
    if (loaded != stamps_.end() && loaded->second != stamp_of(script.path)) {
      throw core::Fault(core::ExitCode::configuration,
                        fmt::format("{} changed while migrate was running", script.path),
                        "nothing of this file ran after the change; run the command again");
    }
    auto stream = std::make_unique<ScriptStream>(script.path);
    // A short file is read before a thread has begun.
    if (script.shape.bytes < worth_a_thread) return stream;
    return std::make_unique<ReadAhead>(std::move(stream));
  }

 private:
  core::Script scan(const fs::path& path, std::vector<core::Problem>& problems) {
    stamps_[path.string()] = stamp_of(path.string());
    return scan_script(path, path.string(), problems);
  }

  void load_versioned(std::vector<core::Step>& steps, std::vector<core::Problem>& problems) {
    // A down file belongs to the up file of the same version and name.
    std::map<std::pair<std::string, std::string>, core::Script> downs;
    for (const fs::path& path : sql_files(folders_.migrations)) {
      const auto name = parse_migration_name(path.filename().string());
      if (!name) {
        problems.push_back(
            {.path = path.string(),
             .message = "expected a name like 20260105090000_add_orders.up.sql or .down.sql"});
        continue;
      }
      core::Script script = scan(path, problems);
      if (name->direction == core::Direction::up) {
        steps.push_back({.id = {core::StepKind::versioned, name->version.canonical()},
                         .name = name->name,
                         .up = std::move(script)});
        continue;
      }
      const auto [there, inserted] =
          downs.try_emplace({name->version.canonical(), name->name}, std::move(script));
      if (!inserted) {
        problems.push_back(
            {.path = path.string(), .message = "same version as " + there->second.path});
      }
    }
    for (core::Step& step : steps) {
      const auto down = downs.find({step.id.key, step.name});
      if (down == downs.end()) continue;
      step.down = std::move(down->second);
      downs.erase(down);
    }
    for (const auto& [key, script] : downs) {
      problems.push_back({.path = script.path,
                          .message = fmt::format("there is no up file with version {} and name {}",
                                                 key.first, key.second)});
    }
  }

  void load_repeatable(const fs::path& folder, std::vector<core::Step>& steps,
                       std::vector<core::Problem>& problems) {
    for (const fs::path& path : sql_files(folder)) {
      const std::string name = path.stem().string();
      steps.push_back(
          {.id = {core::StepKind::repeatable, name}, .name = name, .up = scan(path, problems)});
    }
  }

  StepFolders folders_;
  std::map<std::string, FileStamp> stamps_;
};

}  // namespace

std::unique_ptr<port::StepSource> open_step_folders(StepFolders folders) {
  return std::make_unique<StepFolderSource>(std::move(folders));
}

}  // namespace migrate::files
