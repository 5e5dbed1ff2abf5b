// Files that an earlier run read are not read again, unless anything was done to them.
#include "known_files.h"

#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapter/files/step_files.h"
#include "core/fault.h"
#include "support/temporary_folder.h"

namespace migrate::files {
namespace {

namespace fs = std::filesystem;

constexpr int many = 300;
const std::string hex_of_nothing_that_is_there(64, 'f');

class KnownMigrations : public ::testing::Test {
 protected:
  KnownMigrations() {
    fs::create_directories(migrations());
    for (int i = 1; i <= many; ++i) write(file(i), "SELECT " + std::to_string(i) + ";\n");
  }

  fs::path migrations() const { return folder_ / "migrations"; }
  fs::path known() const { return folder_ / "state" / "known_files"; }
  fs::path file(int number) const { return migrations() / (std::to_string(number) + "_s.up.sql"); }

  static void write(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
  }

  /// A run of its own, an hour after the files were written or at once.
  core::Catalog load(std::time_t later = 3600) const {
    auto [catalog, problems] = source(later)->load();
    EXPECT_TRUE(problems.empty());
    return catalog;
  }
  std::unique_ptr<port::StepSource> source(std::time_t later) const {
    return open_step_folders(
        {.migrations = migrations(), .ddl = std::nullopt, .known_files = known(), .now = [later] {
           return std::time(nullptr) + later;
         }});
  }

  std::string hex(const core::Catalog& catalog, int number) const {
    return catalog.find({core::StepKind::versioned, std::to_string(number)})->up.checksum.hex;
  }

  /// Puts a checksum into what is known that no file has: who uses it has not read the file.
  void pretend() const {
    const KnownFiles before = KnownFiles::load(known());
    struct stat status {};
    ASSERT_EQ(stat(migrations().c_str(), &status), 0);
    std::vector<KnownFile> files = before.in_folder(stamp_of(status));
    ASSERT_EQ(files.size(), std::size_t{many});
    for (KnownFile& known_file : files) known_file.hex = hex_of_nothing_that_is_there;
    keep_known(stamp_of(status), files, known());
  }

  const testing::TemporaryFolder temporary_;
  const fs::path folder_ = temporary_.path();
};

TEST_F(KnownMigrations, AreNotReadAgain) {
  load();
  pretend();
  const core::Catalog catalog = load();
  ASSERT_EQ(catalog.versioned.size(), std::size_t{many});
  for (int i = 1; i <= many; ++i) ASSERT_EQ(hex(catalog, i), hex_of_nothing_that_is_there);
}

TEST_F(KnownMigrations, AreReadAgainWhateverWasDoneToThem) {
  const std::string written = hex(load(), 1);
  const std::string other = hex(load(), 2);
  pretend();
  // Of one length, with the times set back.
  struct stat before {};
  ASSERT_EQ(stat(file(5).c_str(), &before), 0);
  write(file(5), "SELECT 1;\n");
  const timespec times[] = {before.st_atim, before.st_mtim};
  ASSERT_EQ(utimensat(AT_FDCWD, file(5).c_str(), times, 0), 0);
  write(file(6), "SELECT 1;\n");
  fs::rename(file(6), file(7));  // 6 is gone
  write(file(many + 1), "SELECT 1;\n");
  const core::Catalog catalog = load();
  EXPECT_EQ(catalog.versioned.size(), std::size_t{many});
  for (const int touched : {5, 7, many + 1}) EXPECT_EQ(hex(catalog, touched), written) << touched;
  EXPECT_EQ(hex(catalog, 4), hex_of_nothing_that_is_there);
  // What was learnt is kept in turn.
  EXPECT_EQ(hex(load(), many + 1), written);
  EXPECT_NE(written, other);
}

// Within the clock's grain, a second write would leave the same stamp.
TEST_F(KnownMigrations, AreReadAgainWhenTheyWereWrittenAMomentAgo) {
  load(0);
  EXPECT_FALSE(fs::exists(known()));
  load(3600);
  EXPECT_TRUE(fs::exists(known()));
}

TEST_F(KnownMigrations, KeepTheirDirectives) {
  write(file(8), "-- migrate: stepwise\nSELECT 8;\n");
  load();
  pretend();
  const core::Catalog catalog = load();
  EXPECT_TRUE(catalog.versioned.at(7).up.directives.stepwise);
  EXPECT_NE(hex(catalog, 8), hex_of_nothing_that_is_there);
}

TEST_F(KnownMigrations, AreReadWhereWhatIsKeptIsDamaged) {
  const std::string written = hex(load(), 1);
  pretend();
  std::ifstream in(known(), std::ios::binary);
  const std::string kept{std::istreambuf_iterator<char>(in), {}};
  for (std::string damaged : {std::string(), kept.substr(0, 30), kept.substr(0, kept.size() - 1),
                              "x" + kept, kept + "x"}) {
    write(known(), damaged);
    EXPECT_EQ(hex(load(), 1), written) << damaged.size();
  }
  std::string flipped = kept;
  flipped[kept.size() / 2] ^= 1;
  write(known(), flipped);
  EXPECT_EQ(hex(load(), 1), written);
}

// On a file system whose times say nothing, what is kept must not refuse a file for ever.
TEST_F(KnownMigrations, AreForgottenWhenAFileIsNotWhatIsKnownOfIt) {
  load();
  pretend();
  const auto steps = source(3600);
  const core::Catalog catalog = steps->load().catalog;
  std::vector<core::Problem> problems;
  EXPECT_THROW(steps->examine(catalog.versioned.front().up, problems), core::Fault);
  const auto again = source(3600);
  EXPECT_NO_THROW(again->examine(again->load().catalog.versioned.front().up, problems));
  EXPECT_TRUE(problems.empty());
}

}  // namespace
}  // namespace migrate::files
