#include "adapter/files/step_files.h"

#include <algorithm>
#include <ctime>
#include <map>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "core/fault.h"
#include "digest.h"
#include "file_stamp.h"
#include "load_script.h"
#include "migration_name.h"
#include "read_ahead.h"
#include "read_bytes.h"
#include "script_stream.h"
#include "sql_folder.h"

namespace migrate::files {
namespace {

namespace fs = std::filesystem;

constexpr off_t worth_a_thread = off_t{1} << 20;
/// Fewer are read before a file of what is known of them is.
constexpr std::size_t worth_keeping = 256;

class StepFolderSource : public port::StepSource {
 public:
  explicit StepFolderSource(StepFolders folders) : folders_(std::move(folders)) {}

  core::CatalogResult load() override {
    examined_.clear();
    std::vector<core::Problem> problems;
    std::vector<core::Step> steps;
    if (folders_.migrations) load_versioned(steps, problems);
    if (folders_.ddl) load_repeatable(*folders_.ddl, steps, problems);
    core::CatalogResult result = core::make_catalog(std::move(steps));
    result.problems.insert(result.problems.begin(), problems.begin(), problems.end());
    return result;
  }

  core::Script examine(const core::ScriptFile& file,
                       std::vector<core::Problem>& problems) override {
    if (file.checksum.hex.empty()) return {file, {}};  // it could not be read, and that was told
    const FileStamp stamp = stamp_of(file.path);
    const auto before = examined_.find(file.path);
    if (before != examined_.end()) {
      if (before->second.stamp != stamp) refuse_changed(file);
      return {file, before->second.shape};
    }
    const std::size_t known_problems = problems.size();
    const ExaminedFile found = examine_file(file, problems);
    if (problems.size() > known_problems) return found.script;
    if (found.checksum != file.checksum) refuse_changed(file);
    examined_[file.path] = {.stamp = stamp, .shape = found.script.shape};
    return found.script;
  }

  std::unique_ptr<port::StatementStream> open(const core::ScriptFile& file) override {
    const FileStamp stamp = stamp_of(file.path);
    const auto examined = examined_.find(file.path);
    if (examined != examined_.end() && examined->second.stamp != stamp) refuse_changed(file);
    auto stream = std::make_unique<ScriptStream>(file.path);
    // A short file is read before a thread has begun.
    if (stamp.bytes < worth_a_thread) return stream;
    return std::make_unique<ReadAhead>(std::move(stream));
  }

  void read(const core::ScriptFile& file,
            const std::function<void(std::string_view)>& take) override {
    read_bytes(file.path, take);
  }

 private:
  /// Of a file without problems.
  struct Examined {
    FileStamp stamp;  ///< before it was split
    core::ScriptShape shape;
  };

  [[noreturn]] void refuse_changed(const core::ScriptFile& file) const {
    // On a file system whose times cannot be trusted, what is kept could say so for ever.
    std::error_code ignored;
    if (folders_.known_files) fs::remove(*folders_.known_files, ignored);
    throw core::Fault(core::ExitCode::configuration,
                      fmt::format("{} changed while migrate was running", file.path),
                      "nothing of this file ran after the change; run the command again");
  }

  static core::ScriptFile keep(LoadedFile& loaded, std::vector<core::Problem>& problems) {
    problems.insert(problems.end(), loaded.problems.begin(), loaded.problems.end());
    return std::move(loaded.file);
  }

  std::vector<LoadedFile> read_migrations() const {
    if (!folders_.known_files) return read_sql_folder(*folders_.migrations, {}).files;
    const time_t now = folders_.now();
    LoadedFolder folder =
        read_sql_folder(*folders_.migrations, KnownFiles::load(*folders_.known_files));
    if (folder.files.size() >= worth_keeping) keep_what_is_new(folder, now);
    return std::move(folder.files);
  }

  void keep_what_is_new(const LoadedFolder& folder, time_t now) const {
    const auto from_disk = [](const LoadedFile& loaded) {
      return loaded.source == LoadedFile::Source::disk;
    };
    // A file that was just written cannot be kept yet, nor one with directives ever.
    const auto fit = [now](const LoadedFile& loaded) {
      return loaded.problems.empty() && loaded.file.directives == core::Directives{}
                 ? settled(loaded.stamp, now)
                 : FileStamp{};
    };
    const bool learnt = std::ranges::any_of(folder.files, [&](const LoadedFile& loaded) {
      return from_disk(loaded) && fit(loaded) != FileStamp{};
    });
    if (!learnt) return;
    std::vector<KnownFile> files;
    files.reserve(folder.files.size());
    for (const LoadedFile& loaded : folder.files)
      files.push_back({.name = loaded.name, .stamp = fit(loaded), .hex = loaded.file.checksum.hex});
    keep_known(settled(folder.stamp, now), files, *folders_.known_files);
  }

  void load_versioned(std::vector<core::Step>& steps, std::vector<core::Problem>& problems) {
    // A down file belongs to the up file of the same version and name.
    std::map<std::pair<std::string, std::string>, core::ScriptFile> downs;
    auto files = read_migrations();
    steps.reserve(files.size());
    for (LoadedFile& loaded : files) {
      const auto name = parse_migration_name(loaded.name);
      if (!name) {
        problems.push_back(
            {.path = loaded.file.path,
             .message = "expected a name like 20260105090000_add_orders.up.sql or .down.sql"});
        continue;
      }
      core::ScriptFile file = keep(loaded, problems);
      if (name->direction == core::Direction::up) {
        steps.push_back({.id = {core::StepKind::versioned, name->version.canonical()},
                         .name = name->name,
                         .up = std::move(file)});
        continue;
      }
      const auto [there, inserted] =
          downs.try_emplace({name->version.canonical(), name->name}, std::move(file));
      if (!inserted) {
        problems.push_back({.path = file.path, .message = "same version as " + there->second.path});
      }
    }
    for (core::Step& step : steps) {
      const auto down = downs.find({step.id.key, step.name});
      if (down == downs.end()) continue;
      step.down = std::move(down->second);
      downs.erase(down);
    }
    for (const auto& [key, file] : downs) {
      problems.push_back({.path = file.path,
                          .message = fmt::format("there is no up file with version {} and name {}",
                                                 key.first, key.second)});
    }
  }

  void load_repeatable(const fs::path& folder, std::vector<core::Step>& steps,
                       std::vector<core::Problem>& problems) {
    for (LoadedFile& loaded : read_sql_folder(folder, {}).files) {
      const std::string name = fs::path(loaded.name).stem().string();
      steps.push_back(
          {.id = {core::StepKind::repeatable, name}, .name = name, .up = keep(loaded, problems)});
    }
  }

  StepFolders folders_;
  std::map<std::string, Examined> examined_;  ///< by path
};

}  // namespace

std::unique_ptr<port::StepSource> open_step_folders(StepFolders folders) {
  return std::make_unique<StepFolderSource>(std::move(folders));
}

}  // namespace migrate::files
