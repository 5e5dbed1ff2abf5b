#include "adapter/files/backups.h"

#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "core/fault.h"
#include "support/temporary_folder.h"

namespace migrate::files {
namespace {

namespace fs = std::filesystem;

class Backups : public ::testing::Test {
 protected:
  fs::path make(const std::string& name, const std::string& text, const std::string& at = "") {
    auto writer = folder_->create(name);
    // In pieces, as a tool writes it.
    for (std::size_t i = 0; i < text.size(); i += 1000) writer->write(text.substr(i, 1000));
    core::backup::Manifest manifest;
    manifest.at = at;
    writer->commit(std::move(manifest));
    return writer->path();
  }

  static std::string all_of(std::unique_ptr<port::ByteSource> source) {
    std::string text;
    for (;;) {
      const auto bytes = source->next();
      if (!bytes) continue;
      if (bytes->empty()) return text;
      text += *bytes;
    }
  }

  static std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  static void write(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
  }
  static mode_t mode(const fs::path& path) {
    struct stat found {};
    ::stat(path.c_str(), &found);
    return found.st_mode & 0777U;
  }

  testing::TemporaryFolder temporary_;
  fs::path path_ = temporary_.path() / "backups";
  std::unique_ptr<port::BackupFolder> folder_ = open_backup_folder(path_);
};

TEST_F(Backups, GiveBackWhatWasWrittenWhateverItsSize) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{3'000'000}}) {
    std::string text(size, 'x');
    // Some of it cannot be compressed.
    unsigned state = 1;
    for (std::size_t i = 0; i < text.size(); i += 2) {
      state = state * 1664525U + 1013904223U;
      text[i] = static_cast<char>(state >> 24U);
    }
    const auto backup = open_backup(make("of_" + std::to_string(size), text));
    all_of(backup->raw());
    EXPECT_EQ(backup->damage(), std::nullopt);
    EXPECT_EQ(all_of(backup->dump()), text);
    EXPECT_EQ(backup->manifest().dump_bytes, size);
  }
}

TEST_F(Backups, AreForThisUserAlone) {
  const fs::path file = make("one", "text");
  EXPECT_EQ(mode(path_), 0700U);
  EXPECT_EQ(mode(file), 0600U);
  EXPECT_EQ(mode(file.string() + ".json"), 0600U);
}

TEST_F(Backups, NeverTakeAnothersPlace) {
  make("one", "text");
  EXPECT_THROW(make("one", "other"), core::Fault);
  EXPECT_EQ(all_of(open_backup(path_ / "one.sql.gz")->dump()), "text");
}

TEST_F(Backups, ThatAreNotCommittedAreGone) {
  { folder_->create("one")->write("text"); }
  EXPECT_TRUE(fs::is_empty(path_));
  auto first = folder_->create("first");
  write(path_ / "left.sql.gz.partial", "of a kill");
  write(path_ / "somebodys.partial", "not ours");
  const auto second = folder_->create("second");
  EXPECT_TRUE(fs::exists(path_ / "first.sql.gz.partial"));
  EXPECT_FALSE(fs::exists(path_ / "left.sql.gz.partial"));
  EXPECT_TRUE(fs::exists(path_ / "somebodys.partial"));
}

TEST_F(Backups, ThatRotAreFoundOut) {
  const fs::path file = make("one", std::string(10000, 'x') + "y");
  const std::string bytes = read(file);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string rotten = bytes;
    rotten[at] = static_cast<char>(rotten[at] ^ 1);
    write(file, rotten);
    const auto backup = open_backup(file);
    all_of(backup->raw());
    EXPECT_NE(backup->damage(), std::nullopt) << at;
  }
  write(file, bytes.substr(0, bytes.size() - 1));
  EXPECT_THROW(all_of(open_backup(file)->dump()), core::Fault);
}

TEST_F(Backups, WhoseManifestWasChangedAreNotRead) {
  const fs::path file = make("one", "text", "2026-11-28T00:00:00Z");
  const std::string manifest = read(file.string() + ".json");
  for (std::size_t at = manifest.find("\"backup\""); at < manifest.size(); ++at) {
    if (std::isalnum(static_cast<unsigned char>(manifest[at])) == 0) continue;
    std::string changed = manifest;
    changed[at] = changed[at] == '1' ? '2' : '1';
    write(file.string() + ".json", changed);
    EXPECT_THROW(open_backup(file), core::Fault) << changed;
  }
  write(file.string() + ".json", manifest);
  EXPECT_EQ(open_backup(file)->manifest().at, "2026-11-28T00:00:00Z");
}

TEST_F(Backups, KeepTheWordThatTheyWereVerified) {
  const fs::path file = make("one", "text");
  open_backup(file)->keep({.at = "2026-11-28T00:00:00Z", .server = "MySQL 9.7.4"});
  const auto verified = open_backup(file.string() + ".json")->manifest().verified;
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->server, "MySQL 9.7.4");
}

TEST_F(Backups, AreListedTheNewestFirstAndWhatIsBrokenLast) {
  EXPECT_TRUE(folder_->list().empty());
  make("a", "text", "2026-11-27T00:00:00Z");
  make("b", "text", "2026-11-28T00:00:00Z");
  write(path_ / "c.sql.gz", "no manifest");
  fs::rename(make("d", "text", "2026-11-29T00:00:00Z"), temporary_.path() / "away");
  std::vector<std::string> names;
  for (const auto& found : folder_->list())
    names.push_back(fs::path(found.path).filename().string() + (found.manifest ? "" : " -"));
  EXPECT_EQ(names,
            (std::vector<std::string>{"b.sql.gz", "a.sql.gz", "d.sql.gz.json -", "c.sql.gz -"}));
}

}  // namespace
}  // namespace migrate::files
