// The history of an older version is brought up to date, wherever that is killed.
#include <atomic>
#include <memory>
#include <regex>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "adapter/mysql/server.h"
#include "history_tables.h"
#include "port/session.h"
#include "support/raw_connection.h"
#include "support/real_server.h"

namespace migrate::testing {
namespace {

/// The history as format 1 was made, with an open intent in it.
const std::vector<std::string> format_1{
    R"(CREATE TABLE migrate_log (number BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
       at DATETIME(6) NOT NULL COMMENT 'UTC',
       run_id VARCHAR(64) NOT NULL,
       command VARCHAR(32) NOT NULL,
       event VARCHAR(32) NOT NULL,
       kind VARCHAR(16) NULL COMMENT 'versioned or repeatable; NULL: about the run',
       id VARCHAR(190) NULL COMMENT 'version without leading zeros, or name of a ddl file',
       name VARCHAR(255) NOT NULL,
       statement BIGINT UNSIGNED NOT NULL COMMENT '0: the step as a whole',
       duration_us BIGINT UNSIGNED NOT NULL,
       message MEDIUMTEXT NOT NULL,
       account VARCHAR(320) NOT NULL COMMENT 'CURRENT_USER() that wrote the row',
       connection_id BIGINT UNSIGNED NOT NULL,
       client VARCHAR(320) NOT NULL COMMENT 'who ran migrate, and on which host',
       tool_version VARCHAR(64) NOT NULL,
       PRIMARY KEY (number),
       KEY by_connection (connection_id))
       ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
       COMMENT='migrate: everything that was ever done, append-only')",
    R"(CREATE TABLE migrate_journal (kind VARCHAR(16) NOT NULL,
       id VARCHAR(190) NOT NULL,
       first_statement BIGINT UNSIGNED NOT NULL COMMENT 'index in the file, from 1',
       direction VARCHAR(8) NOT NULL COMMENT 'up or down',
       unit VARCHAR(32) NOT NULL COMMENT 'how its statements become durable',
       state VARCHAR(16) NOT NULL COMMENT 'intended or done',
       hashes MEDIUMTEXT NOT NULL COMMENT '16 hex digits a statement',
       connection_id BIGINT UNSIGNED NOT NULL,
       run_id VARCHAR(64) NOT NULL,
       at DATETIME(6) NOT NULL COMMENT 'UTC',
       PRIMARY KEY (kind, id, first_statement))
       ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
       COMMENT='migrate: how far unfinished steps are')",
    R"(CREATE TABLE migrate_ledger (kind VARCHAR(16) NOT NULL COMMENT 'versioned or repeatable',
       id VARCHAR(190) NOT NULL COMMENT 'version without leading zeros, or name of a ddl file',
       name VARCHAR(255) NOT NULL,
       state VARCHAR(16) NOT NULL COMMENT 'applied, baselined, partly_up or partly_down',
       checksum_rule VARCHAR(32) NOT NULL,
       checksum VARCHAR(128) NOT NULL COMMENT 'of the file that ran last',
       statements BIGINT UNSIGNED NOT NULL COMMENT 'in that file',
       applied_order BIGINT UNSIGNED NOT NULL COMMENT 'higher: applied later',
       changed_at DATETIME(6) NOT NULL COMMENT 'UTC',
       run_id VARCHAR(64) NOT NULL,
       duration_us BIGINT UNSIGNED NOT NULL,
       PRIMARY KEY (kind, id),
       KEY by_order (applied_order))
       ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
       COMMENT='migrate: one row a step')",
    R"(CREATE TABLE migrate_format (format INT UNSIGNED NOT NULL,
       tool_version VARCHAR(64) NOT NULL COMMENT 'version of migrate that brought the history to this format',
       PRIMARY KEY (format))
       ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
       COMMENT='migrate: layout of these tables')",
    "INSERT INTO migrate_format (format, tool_version) VALUES (1, '0.1.0')",
    R"(INSERT INTO migrate_ledger VALUES
       ('versioned', '1', 'one', 'applied', 'sha256-lf', 'c1', 3, 1, '2026-01-01', 'r', 7),
       ('versioned', '2', 'two', 'partly_up', 'sha256-lf', 'c2', 3, 2, '2026-01-01', 'r', 0))",
    R"(INSERT INTO migrate_journal VALUES
       ('versioned', '2', 1, 'up', 'statement', 'done', 'aaaaaaaaaaaaaaaa', 5, 'r', '2026-01-01'),
       ('versioned', '2', 2, 'up', 'statement', 'intended', 'bbbbbbbbbbbbbbbb', 5, 'r',
        '2026-01-02'))",
    R"(INSERT INTO migrate_log VALUES (NULL, '2026-01-01', 'r', 'up', 'applied', 'versioned', '1',
       'one', 0, 7, '', 'root@localhost', 5, 'me@here', '0.1.0'))"};

class HistoryUpgrade : public ::testing::TestWithParam<std::string> {
 protected:
  HistoryUpgrade()
      : schema_(RealServer::named(GetParam())),
        raw_(schema_.connection()),
        server_(open(schema_.connection())) {}

  static std::unique_ptr<port::Server> open(const core::ConnectionOptions& options) {
    static const mysql::ClientLibrary library;
    return mysql::open_server(options, {.run_id = "run-1", .tool_version = "2.0"});
  }

  void make_format_1() {
    for (const std::string& statement : format_1) raw_.query(statement);
  }

  /// A table that is made anew has it.
  bool has(const mysql::TableColumn& added) {
    return raw_.value(
               "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = "
               "DATABASE() AND table_name = '" +
               std::string(added.table) + "' AND column_name = '" + std::string(added.column) +
               "'") != "0";
  }

  std::string layout() { return layout(raw_); }
  static std::string layout(RawConnection& raw) {
    std::string text;
    for (const Row& row : raw.query("SHOW TABLES LIKE 'migrate\\_%'")) {
      const std::string& table = row.at(0).value();
      text += raw.query("SHOW CREATE TABLE " + table).at(0).at(1).value() + "\n";
    }
    static const std::regex counter(" AUTO_INCREMENT=[0-9]+");  // of the log: its rows are kept
    return std::regex_replace(text, counter, "");
  }
  /// Of a history that was never of another format.
  std::string fresh_layout() {
    const ScratchSchema schema(RealServer::named(GetParam()));
    open(schema.connection())->connect()->history().prepare();
    RawConnection raw(schema.connection());
    return layout(raw);
  }

  void expect_rows_of_format_1() {
    const auto session = server_->connect();
    const core::History history = session->history().load();
    ASSERT_EQ(history.ledger.size(), 2U);
    EXPECT_EQ(history.ledger[1].state, core::LedgerState::partly_up);
    EXPECT_EQ(history.ledger[1].statements_done, 1U);
    ASSERT_EQ(history.journal.size(), 2U);
    const core::JournalRow& intent = history.journal[1];
    EXPECT_EQ(intent.state, core::JournalRow::State::intended);
    EXPECT_EQ(intent.hashes, std::vector<std::string>{"bbbbbbbbbbbbbbbb"});
    EXPECT_EQ(intent.connection_id, 5U);
    EXPECT_EQ(intent.at, "2026-01-02 00:00:00.000000");
    EXPECT_TRUE(intent.witnesses.empty());
    EXPECT_EQ(intent.log_position, core::LogPosition{});
    EXPECT_EQ(session->history().log(0).size(), 1U);
    EXPECT_FALSE(session->history().unfinished_run());
  }

  ScratchSchema schema_;
  RawConnection raw_;
  std::unique_ptr<port::Server> server_;
};

TEST_P(HistoryUpgrade, ReadingTheOlderFormatWritesNothing) {
  make_format_1();
  const std::string before = layout();
  expect_rows_of_format_1();
  EXPECT_EQ(layout(), before);
  EXPECT_EQ(raw_.value("SELECT MAX(format) FROM migrate_format"), "1");
}

TEST_P(HistoryUpgrade, KeepsEveryRow) {
  make_format_1();
  server_->connect()->history().prepare();
  EXPECT_EQ(layout(), fresh_layout());
  EXPECT_EQ(raw_.value("SELECT MAX(format) FROM migrate_format"),
            std::to_string(mysql::history_format));
  expect_rows_of_format_1();
}

TEST_P(HistoryUpgrade, GoesOnWhereverItWasKilled) {
  const auto statements = mysql::history_layout(schema_.name(), "2.0");
  const std::string fresh = fresh_layout();
  for (const bool from_nothing : {false, true}) {
    for (std::size_t killed_behind = 0; killed_behind <= statements.size(); ++killed_behind) {
      SCOPED_TRACE(killed_behind);
      raw_.query(
          "DROP TABLE IF EXISTS migrate_format, migrate_journal, migrate_ledger, migrate_log, "
          "migrate_schema, migrate_texts");
      if (!from_nothing) make_format_1();
      for (std::size_t i = 0; i < killed_behind; ++i) {
        if (!statements[i].adds || !has(*statements[i].adds)) raw_.query(statements[i].sql);
      }
      if (!from_nothing) expect_rows_of_format_1();
      const auto session = server_->connect();
      session->history().prepare();
      session->history().prepare();
      EXPECT_EQ(layout(), fresh);
      EXPECT_EQ(raw_.value("SELECT MAX(format) FROM migrate_format"),
                std::to_string(mysql::history_format));
      if (!from_nothing) expect_rows_of_format_1();
    }
  }
}

TEST_P(HistoryUpgrade, WhatFormat4KeptOfTheSchemaStays) {
  const auto session = server_->connect();
  session->history().prepare();
  session->run({core::JournalWrite(core::journal::SchemaKept{
                   {{.kind = core::schema::KeptKind::schema, .definition = "utf8mb4 utf8mb4_bin"},
                    {.kind = core::schema::KeptKind::trigger, .name = "tr", .table = "t"}}})},
               [](const core::ItemResult&) {});
  raw_.query("ALTER TABLE migrate_schema DROP COLUMN fires_behind");
  raw_.query("DROP TABLE migrate_texts");
  raw_.query("UPDATE migrate_format SET format = 4");
  const auto expect_it = [this] {
    const auto now = server_->connect();
    EXPECT_TRUE(now->history().load().knows_schema());
    const auto kept = now->history().kept_schema();
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_FALSE(kept[1].fires_behind) << "that is not known";
    EXPECT_TRUE(now->history().applied_texts().empty());
  };
  expect_it();
  server_->connect()->history().prepare();
  expect_it();
  EXPECT_EQ(layout(), fresh_layout());
}

TEST_P(HistoryUpgrade, OthersReadMeanwhile) {
  make_format_1();
  const auto reader = server_->connect();
  std::atomic<bool> upgraded = false;
  std::thread reading([&] {
    do {
      EXPECT_EQ(reader->history().load().journal.size(), 2U);
    } while (!upgraded);
    EXPECT_EQ(reader->history().load().journal.size(), 2U);
  });
  server_->connect()->history().prepare();
  upgraded = true;
  reading.join();
}

INSTANTIATE_TEST_SUITE_P(Real, HistoryUpgrade, ::testing::ValuesIn(server_names()),
                         [](const auto& param) { return param.param; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(HistoryUpgrade);

}  // namespace
}  // namespace migrate::testing
