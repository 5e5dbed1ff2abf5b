#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "adapter/files/step_files.h"
#include "core/fault.h"
#include "support/temporary_folder.h"

namespace migrate::files::testing {
namespace {

/// A folder with one step, V1.
class ScriptStream : public ::testing::Test {
 protected:
  void write(const std::string& text, std::ios::openmode mode = std::ios::trunc) const {
    std::ofstream(folder_ / "1_step.up.sql", std::ios::binary | mode) << text;
  }

  core::Script load(const std::string& text) {
    write(text);
    source_ = open_step_folders({.migrations = folder_});
    core::CatalogResult result = source_->load();
    EXPECT_TRUE(result.problems.empty());
    core::Script script = source_->examine(result.catalog.versioned.at(0).up, result.problems);
    EXPECT_TRUE(result.problems.empty());
    return script;
  }

  std::unique_ptr<port::StatementStream> open(const core::Script& script) {
    return source_->open(script);
  }

  std::vector<core::NumberedStatement> statements(const core::Script& script) {
    const auto stream = open(script);
    std::vector<core::NumberedStatement> all;
    while (auto statement = stream->next()) all.push_back(std::move(*statement));
    return all;
  }

 private:
  const migrate::testing::TemporaryFolder temporary_;
  const std::filesystem::path folder_ = temporary_.path();
  std::unique_ptr<port::StepSource> source_;
};

// What sha256sum says.
TEST_F(ScriptStream, EachStatementHasTheHashOfItsOwnText) {
  const auto all = statements(load("SELECT 1;\nINSERT INTO t VALUES ('a\nb');\nSELECT 1;\n"));
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].hash, "e004ebd5b5532a4b");
  EXPECT_EQ(all[1].hash, "cee46a7f9a8f1dcc");
  EXPECT_EQ(all[2].hash, "e004ebd5b5532a4b");
  EXPECT_EQ(all[2].index, 3U);
  EXPECT_EQ(all[1].statement.text, "INSERT INTO t VALUES ('a\nb')");
  EXPECT_EQ(all[1].statement.position.line, 2U);
}

TEST_F(ScriptStream, LineEndsChangeNoHashAndNoChecksum) {
  // Longer than what is read in one go, so that a CRLF is cut somewhere.
  std::string lf;
  std::string crlf;
  for (int row = 0; row < 20'000; ++row) {
    const std::string line = "INSERT INTO t VALUES (" + std::to_string(row) + ", '\r');";
    lf += line + "\n";
    crlf += line + "\r\n";
  }
  const core::Script unix_script = load(lf + "SELECT '\n'");
  const std::string hash = statements(unix_script).back().hash;
  const core::Script dos_script = load(crlf + "SELECT '\r\n'");
  EXPECT_EQ(dos_script.checksum, unix_script.checksum);
  EXPECT_EQ(statements(dos_script).back().hash, hash);
  EXPECT_EQ(statements(dos_script).back().statement.position.line, 40'001U);
  EXPECT_EQ(dos_script.shape.data_statements, 20'001U);
  EXPECT_NE(load(lf + "SELECT '\r'").checksum, unix_script.checksum);
}

TEST_F(ScriptStream, ALongFileIsReadAheadInOrder) {
  std::string text;
  for (int row = 1; row <= 50'000; ++row) text += "SELECT " + std::to_string(row) + ";\n";
  text += "SELECT '" + std::string(1'000'000, 'x') + "';\nSELECT 0;\n";
  const core::Script script = load(text);
  const auto all = statements(script);
  ASSERT_EQ(all.size(), 50'002U);
  for (std::size_t i = 0; i < all.size(); ++i) ASSERT_EQ(all[i].index, i + 1);
  EXPECT_EQ(all[49'999].statement.text, "SELECT 50000");
  EXPECT_EQ(all.back().statement.text, "SELECT 0");
  // Who stops in the middle does not wait for the rest.
  EXPECT_EQ(open(script)->next()->statement.text, "SELECT 1");
}

TEST_F(ScriptStream, WhatCannotBeReadAheadIsToldBehindWhatCan) {
  std::string text;
  for (int row = 1; row <= 100'000; ++row) text += "SELECT " + std::to_string(row) + ";\n";
  const core::Script script = load(text);
  const auto stream = open(script);
  // It has not come so far.
  write("SELECT 'never closed;\n", std::ios::app);
  std::size_t read = 0;
  EXPECT_THROW(
      {
        while (stream->next()) ++read;
      },
      core::Fault);
  EXPECT_EQ(read, 100'000U);
}

}  // namespace
}  // namespace migrate::files::testing
