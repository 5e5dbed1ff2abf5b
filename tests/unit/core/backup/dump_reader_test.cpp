#include "core/backup/dump_reader.h"

#include <gtest/gtest.h>

#include "core/fault.h"

namespace migrate::core::backup {
namespace {

// As both tools write it.
constexpr std::string_view dump = R"(/*M!999999\- enable the sandbox mode */
-- MariaDB dump 10.19  Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)
/*!40101 SET NAMES utf8mb4 */;
-- CHANGE MASTER TO MASTER_LOG_FILE='binlog.000007', MASTER_LOG_POS=770;
DROP TABLE IF EXISTS `cups`;
CREATE TABLE `cups` (
  `id` int(11) NOT NULL
) ENGINE=InnoDB COMMENT='INSERT INTO `cups` VALUES (1)';
LOCK TABLES `cups` WRITE;
UNLOCK TABLES;
CREATE TABLE `te``as` (
  `id` int(11) NOT NULL
) ENGINE=InnoDB;
INSERT INTO `te``as` (`id`, `na``me`, `b`) VALUES (1,'it\'s (\\),\n;',0x00FF27),
(2,'',NULL);
INSERT INTO `te``as` (`id`, `na``me`, `b`) VALUES (-3,'x','');
/*!50001 CREATE VIEW `v` AS SELECT
 1 AS `id` */;
DELIMITER ;;
CREATE PROCEDURE `p`()
BEGIN
INSERT INTO `cups` (`id`) VALUES (1);
END ;;
DELIMITER ;
-- SET GLOBAL gtid_slave_pos='0-7-3';
-- Dump completed on 2026-11-28  0:00:24
)";

DumpReader reader_of(std::string_view text, std::size_t piece = std::string_view::npos) {
  DumpReader reader;
  for (std::size_t at = 0; at < text.size(); at += std::min(piece, text.size()))
    reader.feed(text.substr(at, piece));
  reader.finish();
  return reader;
}

std::string digest(const std::vector<std::vector<std::optional<std::string>>>& rows) {
  BagHash hash;
  for (const auto& values : rows) {
    std::string row;
    for (const auto& value : values) append_value(row, value);
    hash.add(BagHash::of(row));
  }
  return hash.hex();
}

TEST(DumpReader, CountsTheRowsOfEachTable) {
  const auto reader = reader_of(dump);
  ASSERT_EQ(reader.tables().size(), 2U);
  EXPECT_EQ(reader.tables()[0].name, "cups");
  EXPECT_EQ(reader.tables()[0].rows, 0U);
  EXPECT_EQ(reader.tables()[1].name, "te`as");
  EXPECT_EQ(reader.tables()[1].rows, 3U);
  EXPECT_EQ(reader.tables()[1].columns, (std::vector<std::string>{"id", "na`me", "b"}));
}

TEST(DumpReader, HashesTheValuesAsAServerGivesThem) {
  const std::string expected = digest({{"1", "it's (\\),\n;", std::string("\0\xff\x27", 3)},
                                       {"-3", "x", ""},
                                       {"2", "", std::nullopt}});
  EXPECT_EQ(reader_of(dump).tables()[1].digest, expected);
}

TEST(DumpReader, ReadsTheSameInPiecesOfAnySize) {
  for (const std::size_t piece : {1U, 7U, 100U})
    EXPECT_EQ(reader_of(dump, piece).tables(), reader_of(dump).tables()) << piece;
}

TEST(DumpReader, FindsWhereTheLogWas) {
  const auto log = reader_of(dump).log();
  ASSERT_TRUE(log);
  EXPECT_EQ(log->file, "binlog.000007");
  EXPECT_EQ(log->position, 770U);
  EXPECT_EQ(log->gtid, "0-7-3");
  const auto of_mysql = reader_of(
      "-- MySQL dump\n/* SET @@GLOBAL.GTID_PURGED='+65709f1c-eabf:1-3,\n75709f1c-eabf:1-9';*/\n"
      "-- CHANGE REPLICATION SOURCE TO SOURCE_LOG_FILE='vm-bin.000001', SOURCE_LOG_POS=814;\n");
  ASSERT_TRUE(of_mysql.log());
  EXPECT_EQ(of_mysql.log()->file, "vm-bin.000001");
  EXPECT_EQ(of_mysql.log()->position, 814U);
  EXPECT_EQ(of_mysql.log()->gtid, "65709f1c-eabf:1-3,75709f1c-eabf:1-9");
  EXPECT_FALSE(reader_of("-- MySQL dump\n").log());
}

TEST(DumpReader, KnowsADumpThatHasNoEnd) {
  EXPECT_TRUE(reader_of(dump).is_complete());
  EXPECT_FALSE(reader_of(dump.substr(0, dump.rfind("-- Dump"))).is_complete());
}

TEST(DumpReader, RefusesWhatItDoesNotUnderstand) {
  const std::string table = "CREATE TABLE `t` (`a` int);\n";
  for (const std::string_view insert :
       {"INSERT INTO `t` (`a`) VALUES (now());", "INSERT INTO `t` (`a`) VALUES (1,2);",
        "INSERT INTO `other` (`a`) VALUES (1);", "INSERT INTO `t` (`a`) VALUES (1) ON DUPLICATE",
        "INSERT INTO t SELECT 1;"})
    EXPECT_THROW(reader_of(table + std::string(insert)), Fault) << insert;
}

TEST(DumpReader, ReadsLiterals) {
  const auto value = [](std::string_view text) {
    std::size_t at = 0;
    return read_literal(text, at);
  };
  EXPECT_EQ(value("NULL,"), std::nullopt);
  EXPECT_EQ(value("'NULL'"), "NULL");
  EXPECT_EQ(value("'a''b'"), "a'b");
  EXPECT_EQ(value(R"('\0\n\r\Z\\\'\"\t')"), std::string("\0\n\r\x1a\\'\"\t", 8));
  EXPECT_EQ(value("_binary 'x'"), "x");
  EXPECT_EQ(value("0x4a4B)"), "JK");
  EXPECT_EQ(value("-1.5e10)"), "-1.5e10");
}

}  // namespace
}  // namespace migrate::core::backup
