#include "adapter/files/write_file.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/fault.h"

namespace migrate::files {
namespace {

namespace fs = std::filesystem;

class WriteFile : public ::testing::Test {
 protected:
  WriteFile() : folder_(fs::temp_directory_path() / ("write_file." + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }
  ~WriteFile() override { fs::remove_all(folder_); }
  WriteFile(const WriteFile&) = delete;
  WriteFile& operator=(const WriteFile&) = delete;

  static std::string read(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
  }

  fs::path folder_;
};

TEST_F(WriteFile, TakesThePlaceOfWhatWasThereAndLeavesNothingElse) {
  const fs::path path = folder_ / "schema.sql";
  write_file(path, "one\n");
  write_file(path, std::string("two\0\n", 5));
  EXPECT_EQ(read(path), std::string("two\0\n", 5));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

TEST_F(WriteFile, LeavesWhatWasThereWhenItCannot) {
  fs::create_directories(folder_ / "schema.sql");
  EXPECT_THROW(write_file(folder_ / "schema.sql", "text"), core::Fault);
  EXPECT_THROW(write_file(folder_ / "missing" / "schema.sql", "text"), core::Fault);
  EXPECT_TRUE(fs::is_directory(folder_ / "schema.sql"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

}  // namespace
}  // namespace migrate::files
