// Folders of files as they are loaded, examined and opened.
#include "adapter/files/step_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/fault.h"
#include "support/temporary_folder.h"

namespace migrate::files {
namespace {

namespace fs = std::filesystem;

class StepFiles : public ::testing::Test {
 protected:
  StepFiles() {
    fs::create_directories(folder_ / "migrations");
    fs::create_directories(folder_ / "ddl");
    steps_ = open_step_folders({.migrations = folder_ / "migrations", .ddl = folder_ / "ddl"});
  }

  std::string write(const std::string& name, const std::string& text) {
    const fs::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }

  /// The problems of a load that must have some, each as one line.
  std::string problems() {
    std::string lines;
    for (const core::Problem& problem : steps_->load().problems)
      lines += core::to_string(problem).substr(folder_.string().size() + 1) + "\n";
    return lines;
  }

  const testing::TemporaryFolder temporary_;
  const fs::path folder_ = temporary_.path();
  std::unique_ptr<port::StepSource> steps_;
};

// More than one thread reads.
TEST_F(StepFiles, ManyAreFoundByVersionEachWithItsOwnChecksum) {
  constexpr int count = 700;
  for (int i = 1; i <= count; ++i) {
    const std::string number = std::to_string(i);
    write("migrations/" + number + "_s.up.sql", "SELECT " + number + ";\n");
    write("migrations/" + number + "_s.down.sql", "SELECT -" + number + ";\n");
  }
  const auto [catalog, problems] = steps_->load();
  EXPECT_TRUE(problems.empty());
  ASSERT_EQ(catalog.versioned.size(), std::size_t{count});
  for (int i = 1; i <= count; ++i) {
    const core::Step& step = catalog.versioned[static_cast<std::size_t>(i) - 1];
    ASSERT_EQ(step.id.key, std::to_string(i));
    ASSERT_TRUE(step.down);
    for (const core::ScriptFile& file : {step.up, *step.down}) {
      const auto stream = steps_->open(file);
      const std::string text = stream->next()->statement.text;
      EXPECT_EQ(text, (file.path == step.up.path ? "SELECT " : "SELECT -") + step.id.key);
    }
  }
  // sha256sum of "SELECT 7;\n"
  EXPECT_EQ(catalog.versioned[6].up.checksum.hex,
            "0490b856356abac0fbc5782ba24ad6100398efcb151f00d32b751ffdb2b819a8");
}

TEST_F(StepFiles, TheChecksumIsThatOfTheWholeFileWithoutMarkAndCarriageReturns) {
  // A CR that ends what is read at a time, and its LF in the next.
  const std::string line(65535, 'x');
  write("migrations/1_a.up.sql", "\xEF\xBB\xBF-- a\r\nSELECT 1;\r\n");
  write("migrations/2_b.up.sql", "-- a\nSELECT 1;\n");
  write("migrations/3_c.up.sql", line + "\r\n-- more");
  write("migrations/4_d.up.sql", line + "\n-- more");
  write("migrations/5_e.up.sql", line + "\n-- mere");
  const core::Catalog catalog = steps_->load().catalog;
  const auto hex = [&](std::size_t i) { return catalog.versioned.at(i).up.checksum.hex; };
  EXPECT_EQ(hex(0), hex(1));
  EXPECT_EQ(hex(2), hex(3));
  EXPECT_NE(hex(3), hex(4));
}

TEST_F(StepFiles, WhatShowsWithoutSplittingIsToldOfAllFilesAtOnce) {
  write("migrations/1_a.up.sql", "-- migrate: stepwize\nSELECT 'never closed;");
  write("migrations/2_b.down.sql", "SELECT 1;");
  write("migrations/03_c.up.sql", "SELECT 1;");
  write("migrations/3_c.up.sql", "SELECT 1;");
  write("migrations/notes.sql", "");
  fs::create_symlink("nowhere", folder_ / "migrations/4_d.up.sql");
  const std::string told = problems();
  EXPECT_EQ(std::ranges::count(told, '\n'), 5) << told;
  for (const char* line :
       {"migrations/1_a.up.sql:1:13: ", "migrations/2_b.down.sql: there is no up",
        "migrations/3_c.up.sql: same version as ", "migrations/notes.sql: expec",
        "migrations/4_d.up.sql: No such file or directory"}) {
    EXPECT_NE(told.find(line), std::string::npos) << line << " is not in\n" << told;
  }
}

TEST_F(StepFiles, FoldersAndHiddenFilesAreLeftOut) {
  fs::create_directories(folder_ / "migrations/1_a.up.sql");
  fs::create_directory_symlink(folder_ / "ddl", folder_ / "migrations/2_b.up.sql");
  write("migrations/.3_c.up.sql", "SELECT 1;");
  write("migrations/README.md", "words");
  const auto [catalog, problems] = steps_->load();
  EXPECT_TRUE(problems.empty());
  EXPECT_TRUE(catalog.versioned.empty());
}

TEST_F(StepFiles, WhatSplittingShowsIsToldWhenAFileIsExamined) {
  write("migrations/1_a.up.sql", "SELECT 1;\nSTART TRANSACTION;\nINSERT INTO t VALUES (1);");
  write("ddl/view.sql", "CREATE TABLE t (id INT);\nINSERT INTO t VALUES (1);");
  const core::Catalog catalog = steps_->load().catalog;
  std::vector<core::Problem> problems;
  const core::Script good = steps_->examine(catalog.repeatable.at(0).up, problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(good.shape.schema_statements, 1U);
  EXPECT_EQ(good.shape.data_statements, 1U);
  EXPECT_EQ(good.path, catalog.repeatable.at(0).up.path);
  for (const std::size_t times : {1U, 2U}) {
    steps_->examine(catalog.versioned.at(0).up, problems);
    ASSERT_EQ(problems.size(), times);
    EXPECT_EQ(problems.back().position->line, 2U);
  }
}

TEST_F(StepFiles, AFileIsHandedOverByteForByte) {
  const std::string text = "\xEF\xBB\xBFSELECT 1;\r\n" + std::string(200'000, 'x');
  const std::string path = write("elsewhere.sql", text);
  std::string read;
  steps_->read({.path = path}, [&](std::string_view bytes) { read += bytes; });
  EXPECT_EQ(read, text);
  EXPECT_THROW(steps_->read({.path = path + "x"}, [](std::string_view) {}), core::Fault);
}

TEST_F(StepFiles, AFileThatChangedSinceItWasLoadedIsNotUsed) {
  write("migrations/1_a.up.sql", "SELECT 1;");
  const core::Catalog catalog = steps_->load().catalog;
  const core::ScriptFile& file = catalog.versioned.at(0).up;
  std::vector<core::Problem> problems;
  steps_->examine(file, problems);
  write("migrations/1_a.up.sql", "SELECT 12;");
  EXPECT_THROW(steps_->examine(file, problems), core::Fault);
  EXPECT_THROW(steps_->open(file), core::Fault);
}

TEST_F(StepFiles, AFileThatChangedBeforeItWasExaminedIsNotUsed) {
  write("migrations/1_a.up.sql", "SELECT 1;");
  const core::Catalog catalog = steps_->load().catalog;
  write("migrations/1_a.up.sql", "SELECT 2;");
  std::vector<core::Problem> problems;
  EXPECT_THROW(steps_->examine(catalog.versioned.at(0).up, problems), core::Fault);
}

TEST_F(StepFiles, AFolderThatIsNotThereIsAFaultThatNamesIt) {
  fs::remove_all(folder_ / "ddl");
  try {
    steps_->load();
    FAIL() << "it was loaded";
  } catch (const core::Fault& fault) {
    EXPECT_EQ(fault.code(), core::ExitCode::configuration);
    EXPECT_NE(std::string(fault.what()).find("ddl: cannot be listed: No such file"),
              std::string::npos)
        << fault.what();
  }
}

TEST_F(StepFiles, OneByItselfIsLoadedWhateverItsName) {
  const std::string path = write("check.txt", "-- migrate: local_infile\nSELECT 1;");
  const core::Script script = load_script(path);
  EXPECT_EQ(script.path, path);
  EXPECT_TRUE(script.directives.local_infile);
  EXPECT_EQ(script.shape.data_statements, 1U);
  EXPECT_THROW(load_script(folder_), core::Fault);
  EXPECT_THROW(load_script(write("bad.sql", "SELECT 'never closed")), core::Fault);
}

}  // namespace
}  // namespace migrate::files
